/** The arrows of docs/ARCHITECTURE.md: a layer imports only what stands to its left. */
const layer = (name) => `^src/${name}/`

/** What each layer may import besides itself. */
const MAY = {
  domain: [],
  ledger: ['domain'],
  wallet: ['domain'],
  chains: ['domain'],
  payment: ['domain'],
  gateways: ['domain'],
  inference: ['domain', 'protocol', 'ledger', 'wallet', 'chains', 'payment', 'gateways'],
  transfers: ['domain', 'ledger', 'wallet', 'chains', 'payment', 'gateways'],
  backup: ['domain', 'protocol', 'ledger', 'wallet', 'chains', 'payment', 'gateways'],
  chat: [
    'domain',
    'protocol',
    'ledger',
    'wallet',
    'chains',
    'payment',
    'gateways',
    'inference',
    'transfers',
    'backup',
  ],
  protocol: ['domain'],
  page: ['protocol'],
  'author-kit': ['page'],
  ui: ['domain', 'protocol'],
  background: [
    'domain',
    'protocol',
    'ledger',
    'wallet',
    'chains',
    'payment',
    'gateways',
    'inference',
    'transfers',
    'backup',
    'chat',
  ],
  platform: [
    'domain',
    'protocol',
    'ledger',
    'wallet',
    'chains',
    'payment',
    'gateways',
    'inference',
    'transfers',
    'backup',
    'chat',
    'page',
    'background',
  ],
}

const layers = Object.entries(MAY).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  severity: 'error',
  comment: `src/${name} may import from: ${allowed.join(', ') || 'nothing'}`,
  from: { path: layer(name) },
  to: { path: '^(src|entrypoints|test|scripts)/', pathNot: [name, ...allowed].map(layer) },
}))

module.exports = {
  forbidden: [
    ...layers,
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'domain-imports-nothing-from-outside',
      severity: 'error',
      from: { path: layer('domain') },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'only-payment-imports-x402',
      severity: 'error',
      from: { path: '^(src|entrypoints)/', pathNot: layer('payment') },
      to: { path: 'node_modules/@x402/' },
    },
    {
      name: 'only-platform-imports-the-browser',
      severity: 'error',
      comment: 'The i18n package reads the messages for screens.',
      from: { path: '^src/', pathNot: [layer('platform')] },
      to: { path: 'node_modules/(wxt|webextension-polyfill)/' },
    },
    {
      name: 'no-schemas-on-other-peoples-pages',
      severity: 'error',
      from: { path: ['^src/page/', '^src/protocol/page-messages'] },
      to: { path: 'node_modules/zod', reachable: true },
    },
    {
      name: 'lab-stands-alone',
      severity: 'error',
      comment: "An emulator that shares the extension's code proves nothing.",
      from: { path: '^test/lab/' },
      to: { path: '^src/' },
    },
    {
      name: 'the-product-knows-no-tests',
      severity: 'error',
      from: { path: '^(src|entrypoints)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
}
