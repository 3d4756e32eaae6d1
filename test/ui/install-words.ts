/** Gives a page or a test outside an extension its `chrome.i18n`, fed from the English messages file. Import it first. */
import messages from '../../locales/en.json' with { type: 'json' }
import { flatMessages } from './flat-messages.ts'

const flat = flatMessages(messages)

const i18n = { getMessage: (key: string) => flat.get(key) ?? '' }
const scope: { chrome?: object } = globalThis
scope.chrome = Object.assign(scope.chrome ?? {}, { i18n })
