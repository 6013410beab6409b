import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { num } from './said.ts'

type Answer = 'full' | 'unchanged' | 'store'

interface Step {
  readonly at: number
  readonly answer: Answer
  /** What the network carries for it, in bytes. */
  readonly bytes: number
}

interface Scenario {
  readonly maxAge: number
  readonly uses: readonly number[]
  readonly changes: readonly number[]
  readonly head: number
  readonly body: number
}

/**
 * A browser without a copy uses a URL at some times (seconds). A copy younger than `max-age` is used as it is; later the browser
 * asks with `If-None-Match`, and gets a 304 with a head alone if the page has not changed since its copy, otherwise a 200 with head and
 * body. Both start the age anew (RFC 9111 §4.3.3, §4.3.4; RFC 9110 §13.1.2, §15.4.5). The options say what a wrong rule changes.
 */
function replay(
  { maxAge, uses, changes, head, body }: Scenario,
  {
    validates = true,
    renews = true,
    watches = false,
    small = head,
  }: {
    readonly validates?: boolean
    readonly renews?: boolean
    readonly watches?: boolean
    readonly small?: number
  } = {},
): Step[] {
  let copy: { version: number; since: number } | undefined
  return uses.map((at): Step => {
    const version = changes.filter(it => it <= at).length
    if (copy !== undefined) {
      const changed = version !== copy.version
      if (at - copy.since < maxAge && !(watches && changed))
        return { at, answer: 'store', bytes: 0 }
      if (validates && !changed) {
        if (renews) copy = { version, since: at }
        return { at, answer: 'unchanged', bytes: small }
      }
    }
    copy = { version, since: at }
    return { at, answer: 'full', bytes: head + body }
  })
}

const TOLD = { full: '200', unchanged: '304', store: '---' } as const
const codes = (steps: readonly Step[]) => steps.map(it => TOLD[it.answer]).join(' ')
const total = (steps: readonly Step[]) => steps.reduce((sum, it) => sum + it.bytes, 0)

function told({ maxAge, uses, changes }: Scenario): string {
  const header = maxAge === 0 ? 'no-cache' : `max-age=${num(maxAge)}`
  return (
    `Each 200 and each 304 for \`/prices\` carries a current \`ETag\` and \`Cache-Control: ${header.replaceAll(',', '')}\`. A browser that has no copy yet uses the URL; network delays do not count.\n\n` +
    `- It is used at t = ${uses.map(num).join(', ')} s.\n` +
    (changes.length === 0
      ? '- The prices never change.'
      : `- The prices change at t = ${changes.map(num).join(', ')} s.`)
  )
}

export const etagValidation = lab({
  id: 'etag-validation',
  title: 'Validation with an ETag',
  summary:
    'A page is used again and again while it changes: which uses cost a 200, a 304 or nothing.',
  concepts: ['caching/validation', 'caching/etag', 'caching/max-age'],
  sources: ['rfc9111#4.3', 'rfc9111#4.3.4', 'rfc9110#13.1.2', 'rfc9110#15.4.5'],
  rule: 'While the copy is fresh nobody is asked; then `If-None-Match` brings a 304 without a body if the tag is the same, else a 200 with everything; both make the copy fresh again.',
  parameters: {
    maxAge: whole('for how long a copy is fresh; 0 for no-cache', {
      unit: 's',
      from: 0,
      to: 31_536_000,
      drawn: [0, 30, 60, 60],
    }),
    uses: numbers('when the URL is used', {
      unit: 's',
      from: 0,
      to: 31_536_000,
      rising: true,
      most: 12,
    }),
    changes: numbers('when the page changes', {
      unit: 's',
      from: 0,
      to: 31_536_000,
      rising: true,
      least: 0,
      most: 8,
    }),
    head: whole('size of status line and headers', {
      unit: 'bytes',
      from: 1,
      to: 100_000,
      drawn: [200, 300, 500],
    }),
    body: whole('size of the body', {
      unit: 'bytes',
      from: 1,
      to: 1_000_000_000,
      drawn: [8000, 10_000, 20_000, 40_000],
    }),
  },
  example: {
    maxAge: 60,
    uses: [0, 20, 70, 100, 150, 220],
    changes: [40, 130],
    head: 300,
    body: 20_000,
  },
  // Uses in and after each fresh time, and changes that are noticed late.
  draw(random, { maxAge }) {
    const part = (maxAge === 0 ? 60 : maxAge) / 6
    const uses = [0]
    // Parts since the last 200 or 304; no use lies on the edge, at which the copy has just become stale.
    let since = 0
    while (uses.length < 6) {
      const picked = pick(random, [2, 4, 4, 7, 8])
      const step = since + picked === 6 ? picked + 1 : picked
      since = since + step > 6 ? 0 : since + step
      uses.push(uses.at(-1)! + step * part)
    }
    const first = pick(random, [0, 1, 2])
    return {
      uses,
      changes: [first, ...pick(random, [[], [first + 2]])].map(it => uses[it]! + part),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'change-noticed': {
      belief: 'have the browser notice a change while its copy is fresh',
      because: 'An ETag is thought to keep the copy up to date.',
      fact: 'A fresh copy is used without asking anybody, so a change shows only once it is stale.',
      run: it => replay(it, { watches: true }),
    },
    'not-renewed': {
      belief: 'keep asking once the copy is stale, as if a 304 did not renew it',
      because: 'The copy is still the old one.',
      fact: 'A 304 brings new headers: the copy is as fresh as after a 200.',
      run: it => replay(it, { renews: false }),
    },
    'stale-is-fetched': {
      belief: 'transfer the whole page again once the copy is stale, changed or not',
      because: 'Expired is taken for deleted.',
      fact: 'A stale copy with an ETag is validated; the body comes again only if it has changed, and a 304 has none.',
      run: it => replay(it, { validates: false }),
    },
    '304-for-nothing': {
      belief: 'count nothing for a 304',
      because: 'Nothing of the page is transferred.',
      fact: 'A 304 is a response with its own headers, and a round trip.',
      run: it => replay(it, { small: 0 }),
    },
  },
  questions: {
    codes: {
      kind: 'choice',
      title: 'Which uses of a page bring a 200, a 304, or no request at all?',
      prompt: it =>
        `${told(it)}\n\nWhat do the uses cause, in order: a \`200\`, a \`304\`, or no request (\`---\`)?`,
      answer: steps => `\`${codes(steps)}\``,
      how: (steps, { maxAge }) =>
        `A copy is used without asking for less than ${num(maxAge)} s after the last 200 or 304; then the ETag decides: ${codes(steps)}.`,
    },
    bytes: {
      kind: 'number',
      title: 'How many bytes do validations and downloads take?',
      unit: 'bytes',
      prompt: it =>
        `${told(it)}\n- Status line and headers of a response are ${num(it.head)} bytes, the body of the page ${num(it.body)} bytes.\n\nHow many bytes do all responses take together?`,
      answer: total,
      how: (steps, { head, body }) => {
        const full = steps.filter(it => it.answer === 'full').length
        const small = steps.filter(it => it.answer === 'unchanged').length
        return `The uses cause ${codes(steps)}: ${num(full)} × ${num(head + body)} + ${num(small)} × ${num(head)} = ${num(total(steps))} bytes.`
      },
    },
  },
  result: steps => `${codes(steps)}: ${num(total(steps))} bytes`,
  trace: steps => ({
    columns: ['t (s)', 'answer', 'bytes'],
    rows: steps.map(({ at, answer, bytes }) => [
      num(at),
      { full: '200', unchanged: '304', store: 'from the store' }[answer],
      num(bytes),
    ]),
  }),
  picture: (steps, { changes }) =>
    timeline(
      [
        { label: 'changes', marks: changes.map(at => ({ at, sign: '!' })) },
        {
          label: 'uses',
          marks: steps.map(({ at, answer }) => ({
            at,
            sign: { full: '2', unchanged: '3', store: '-' }[answer],
          })),
        },
      ],
      Math.min(steps[0]!.at, changes[0] ?? steps[0]!.at),
      Math.max(steps.at(-1)!.at, changes.at(-1) ?? 0),
    ),
})
