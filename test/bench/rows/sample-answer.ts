/** An answer of about 2,000 tokens as models write them: headings, lists, code, a table, links, emphasis. */
export function sampleAnswer(tokens: number): readonly string[] {
  const pieces = SECTION.match(/\s*\S{1,6}/g) ?? []
  const answer: string[] = []
  for (let section = 1; answer.length < tokens; section++) {
    answer.push(`\n\n## Part ${section}\n\n`, ...pieces)
  }
  return answer.slice(0, tokens)
}

const SECTION = `A budget is a **promise to yourself**: it says how much a site may spend, and *nothing* goes beyond it. The idea is
simple, but the details matter, so here they are, one by one, with an [example](https://example.com/budget) for each.

1. A site asks for an answer, and says which model it wants.
2. The wallet looks at the \`cap\`, at what was spent today, and at what is still on its way.
   - What is settled counts.
   - What is signed, and not yet settled, counts too.
3. If it fits, the request is paid for; if not, the person is asked.

\`\`\`ts
export function remaining(cap: bigint, settled: bigint, live: bigint): bigint {
  const used = settled + live
  if (used > cap) throw new RangeError('over the cap')
  return cap - used
}

for (const site of sites) {
  console.log(site.origin, remaining(site.cap, site.settled, site.live))
}
\`\`\`

| Period | Begins | Ends |
|---|---|---|
| hour | at the full hour | one hour later |
| day | at midnight, local time | at the next midnight |
| month | on the first | on the next first |

> Nothing is spent in advance, and nothing is forgotten: the books are kept on this machine.

What remains is the difference of the three, and it is never stored: it is worked out anew each time that it is needed,
which is why it cannot go stale. With \`settled = 40\` and \`live = 15\` of a cap of 100, there are 45 left.
`
