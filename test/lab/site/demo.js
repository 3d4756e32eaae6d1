// A whole example: ask a question, stream the answer, show the receipt and the budget.
// All that it needs is window.x402Chat, which the extension puts on the page before any script runs.

const chat = window.x402Chat
const $ = (id) => document.getElementById(id)

if (chat) start()
else showProblem('This page needs the x402 Chat extension. Install it, then load the page again.')

function start() {
  $('ask').addEventListener('submit', (event) => {
    event.preventDefault()
    ask($('question').value)
  })
  $('question').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) $('ask').requestSubmit()
  })
  for (const idea of document.querySelectorAll('.idea')) {
    idea.addEventListener('click', () => {
      $('question').value = idea.textContent
      $('question').focus()
    })
  }
  $('set-budget').addEventListener('click', setBudget)
  $('drop-budget').addEventListener('click', () => chat.revokeBudget().catch(explain))

  // Both come by themselves: the budget when it changes, the receipt again when the chain has confirmed it.
  chat.addEventListener('budgetchange', (event) => showBudget(event.detail.budget))
  chat.addEventListener('settled', (event) => {
    if (event.detail.receipt.id === shownReceipt) showReceipt(event.detail.receipt)
  })
  chat.getBudget().then(showBudget, explain)
}

// ---- asking

async function ask(question) {
  const abort = new AbortController()
  const startedAt = performance.now()
  $('stop').onclick = () => abort.abort()
  begin()
  try {
    const stream = await chat.chat.completions.create(
      { model: 'default', stream: true, messages: [{ role: 'user', content: question }] },
      { signal: abort.signal },
    )
    for await (const chunk of stream) showChunk(chunk)
    setStatus(`Done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  } catch (error) {
    if (abort.signal.aborted) setStatus('Stopped. What was paid stays paid.')
    else explain(error)
  } finally {
    end()
  }
}

function showChunk(chunk) {
  const delta = chunk.choices[0]?.delta
  const thought = delta?.reasoning_content ?? delta?.reasoning
  if (thought) {
    $('thinking').hidden = false
    $('thoughts').append(thought)
  }
  if (delta?.content) {
    setStatus('Answering…')
    $('text').append(delta.content)
  }
  if (chunk.x402?.receipt) showReceipt(chunk.x402.receipt)
}

function begin() {
  for (const id of ['text', 'thoughts']) $(id).textContent = ''
  for (const id of ['problem', 'thinking', 'receipt']) $(id).hidden = true
  $('answer').hidden = false
  $('answer').setAttribute('aria-busy', 'true')
  $('send').disabled = true
  $('stop').hidden = false
  setStatus('Asking…')
}

function end() {
  $('answer').removeAttribute('aria-busy')
  $('answer').hidden = $('text').textContent === ''
  $('send').disabled = false
  $('stop').hidden = true
}

// ---- the budget

async function setBudget() {
  $('set-budget').disabled = true
  $('problem').hidden = true
  try {
    // The person may lower every figure, so show what came back and not what was asked for.
    const budget = await chat.requestBudget({
      cap: '0.50',
      period: 'day',
      maxPerRequest: '0.02',
      justification: 'Answer the questions that you ask on this page',
    })
    showBudget(budget)
  } catch (error) {
    explain(error)
  } finally {
    $('set-budget').disabled = false
  }
}

const periods = { hour: 'this hour', day: 'today', week: 'this week', month: 'this month', total: 'in all' }

function showBudget(budget) {
  $('budget-meter').hidden = budget === null
  $('drop-budget').hidden = budget === null
  $('set-budget').textContent = budget ? 'Change the budget' : 'Set a budget'
  if (!budget) {
    $('budget-text').textContent = 'This site has no budget yet. You will be asked before each payment.'
    return
  }
  const money = (value) => formatMoney({ currency: budget.currency, value })
  $('budget-text').textContent =
    `${money(budget.remaining)} left of ${money(budget.cap)} ${periods[budget.period]}, ` +
    `at most ${money(budget.maxPerRequest)} for one answer.`
  $('budget-meter').value = 1 - Number(budget.remaining) / Number(budget.cap)
}

// ---- the receipt

let shownReceipt = null

function showReceipt(receipt) {
  shownReceipt = receipt.id
  const lines = [
    [
      'Paid',
      receipt.charged ? formatMoney(receipt.charged) : `on hold, at most ${formatMoney(receipt.quoted)}`,
    ],
    ['Model', receipt.model],
    ['Gateway', receipt.gateway],
    [
      'Tokens',
      receipt.usage ? `${receipt.usage.prompt_tokens} in, ${receipt.usage.completion_tokens} out` : null,
    ],
    [
      'Payment',
      { chain: 'confirmed on chain', gateway: 'reported by the gateway' }[receipt.settledBy] ??
        'not confirmed yet',
    ],
    ['Transaction', receipt.transaction],
    ['Proof', proofs[receipt.proof.kind][receipt.proof.verdict] ?? 'none'],
  ]
  $('receipt-lines').replaceChildren(
    ...lines.filter(([, value]) => value !== null).flatMap(([name, value]) => line(name, value)),
  )
  $('receipt').hidden = false
}

const proofs = {
  tee: { verified: 'verified', unconfirmed: 'signed, enclave not confirmed', failed: 'failed' },
  ambient: {
    reported: 'reported as verified',
    failed: 'reported as failed',
    pending: 'pending',
    none: 'none',
  },
  none: {},
}

function line(name, value) {
  const term = document.createElement('dt')
  const description = document.createElement('dd')
  term.textContent = name
  description.textContent = value
  description.title = value
  return [term, description]
}

// ---- words

function formatMoney({ currency, value }) {
  if (currency !== 'USDC') return `${value} ${currency}`
  // Exact, with cents: $0.50, $0.004531.
  const [whole, fraction = ''] = value.split('.')
  return `$${whole}.${fraction.padEnd(2, '0')}`
}

const charges = {
  no: 'Nothing was paid.',
  maybe: 'A payment may have been made.',
  yes: 'The payment was made.',
}

function explain(error) {
  setStatus('')
  showProblem([error.message, charges[error.charged]].filter(Boolean).join(' '))
  if (error.receipt) showReceipt(error.receipt)
}

function showProblem(text) {
  $('problem').textContent = text
  $('problem').hidden = false
}

function setStatus(text) {
  $('status').textContent = text
}
