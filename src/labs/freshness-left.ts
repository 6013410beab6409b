import { lab, pick } from './lab.ts'
import { one, whole } from './parameters.ts'
import { num, rounded } from './said.ts'

/** What the age of a stored response is made of, in seconds (RFC 9111 §4.2.3). */
interface Outcome {
  readonly lifetime: number
  readonly apparent: number
  readonly corrected: number
  readonly resident: number
  /** Lifetime less current age; fresh while it is greater than 0. */
  readonly left: number
}

interface Scenario {
  readonly from: 'max-age' | 'Expires' | 'Last-Modified'
  readonly lifetime: number
  readonly age: number
  readonly behind: number
  readonly delay: number
  readonly kept: number
}

/**
 * RFC 9111 §4.2: freshness left = lifetime − current age, where
 *
 *     current age   = max(apparent age, Age + response delay) + resident time
 *     apparent age  = max(0, time of receipt − Date)
 *
 * The lifetime is `max-age`, or else `Expires` − `Date`, or else a heuristic one, here the typical 10 % of `Date` −
 * `Last-Modified` (§4.2.2). The options say what a wrong rule changes.
 */
function reckon(
  { lifetime, age, behind, delay, kept }: Scenario,
  {
    corrected = (apparent, value) => Math.max(apparent, value + delay),
    resident = kept,
    lasts = lifetime,
  }: {
    readonly corrected?: (apparent: number, age: number) => number
    readonly resident?: number
    readonly lasts?: number
  } = {},
): Outcome {
  const apparent = Math.max(0, behind)
  const both = corrected(apparent, age)
  return { lifetime: lasts, apparent, corrected: both, resident, left: lasts - both - resident }
}

/** Saturday, 21 November 2026, 10:00:00 UTC: when responses come in. */
const RECEIVED = Date.UTC(2026, 10, 21, 10)
const date = (seconds: number) => new Date(RECEIVED + seconds * 1000).toUTCString()
const clock = (seconds: number) => date(seconds).slice(17, 25)

function told({ from, lifetime, age, behind, delay, kept }: Scenario): string {
  const headers = [
    `Date: ${date(-behind)}`,
    ...(age > 0 ? [`Age: ${age}`] : []),
    ...(from === 'max-age' ? [`Cache-Control: max-age=${lifetime}`] : []),
    ...(from === 'Expires' ? [`Expires: ${date(lifetime - behind)}`] : []),
    ...(from === 'Last-Modified' ? [`Last-Modified: ${date(-10 * lifetime - behind)}`] : []),
  ]
  return (
    `A cache works out ages as RFC 9111 says${from === 'Last-Modified' ? ', and takes the typical 10 % where it has to guess a lifetime' : ''}. Times are those of its own clock (GMT):\n\n` +
    `\`\`\`text\n${clock(-delay)}  > GET /menu\n${clock(0)}  < 200 OK\n${headers.map(it => `            ${it}`).join('\n')}\n\`\`\`\n\n` +
    `It is ${clock(kept)} now.`
  )
}

export const freshnessLeft = lab({
  id: 'freshness-left',
  title: 'Freshness left',
  summary: 'Date, Age, delay and time in the cache: for how long a stored response is still fresh.',
  concepts: ['caching/age', 'caching/freshness', 'caching/max-age', 'caching/heuristic-freshness'],
  sources: ['rfc9111#4.2', 'rfc9111#4.2.1', 'rfc9111#4.2.2', 'rfc9111#4.2.3'],
  rule: 'What is left is the lifetime less the current age: the greater of what `Date` shows and `Age` plus the response delay, and then the time in this cache.',
  parameters: {
    from: one('where the lifetime comes from', ['max-age', 'Expires', 'Last-Modified']),
    lifetime: whole('the lifetime that this gives', {
      unit: 's',
      from: 0,
      to: 31_536_000,
      drawn: [120, 180, 300, 360],
    }),
    age: whole('the Age header; 0 for none', { unit: 's', from: 0, to: 31_536_000 }),
    behind: whole('by how much Date lies before the receipt', {
      unit: 's',
      from: -86_400,
      to: 31_536_000,
    }),
    delay: whole('time from the request to the response', {
      unit: 's',
      from: 0,
      to: 3600,
      drawn: [2, 4, 5],
    }),
    kept: whole('time that the cache has had it', {
      unit: 's',
      from: 0,
      to: 31_536_000,
      drawn: [20, 30, 50, 60],
    }),
  },
  example: { from: 'max-age', lifetime: 120, age: 20, behind: 32, delay: 2, kept: 58 },
  // Now Date decides, now Age; a few responses are stale already.
  draw(random) {
    const age = pick(random, [10, 20, 40, 60])
    return { age, behind: age + pick(random, [-8, -3, 10, 15, 30]) }
  },
  run: it => reckon(it),
  misconceptions: {
    'both-added': {
      belief: 'add what `Date` shows and what `Age` says',
      because: 'Both are ages, so they seem to follow one another.',
      fact: 'They measure the same time in two ways; the greater of them counts.',
      run: it => reckon(it, { corrected: (apparent, age) => apparent + age + it.delay }),
    },
    'age-ignored': {
      belief: 'start at 0 when the response comes in, without `Age` and `Date`',
      because: 'The cache thinks of its own time only.',
      fact: 'The lifetime has been running since the origin made the response.',
      run: it => reckon(it, { corrected: () => 0 }),
    },
    'delay-ignored': {
      belief: 'leave out the time that the response took, and what `Date` shows',
      because: 'The Age header looks like the whole age.',
      fact: 'Age was true when the response left; it has grown on the way, and `Date` may show more.',
      run: it => reckon(it, { corrected: (_, age) => age }),
    },
    'kept-ignored': {
      belief: 'leave out the time in this cache',
      because: 'The headers seem to say it all.',
      fact: 'A header does not grow while it is stored: the cache has to add its own time.',
      run: it => reckon(it, { resident: 0 }),
    },
    'guess-of-all': {
      belief: 'take the whole time since the last change as the lifetime',
      because: 'What has not changed for so long will not change for as long again.',
      fact: 'RFC 9111 names a fraction of that time, typically 10 %.',
      run: it =>
        reckon(it, { lasts: it.from === 'Last-Modified' ? 10 * it.lifetime : it.lifetime }),
    },
  },
  questions: {
    left: {
      kind: 'number',
      title: 'For how many more seconds is a stored response fresh?',
      unit: 's',
      bare: true,
      prompt: it =>
        `${told(it)}\n\nFor how many more seconds is the response fresh? (Below 0 if it is stale: -10 if it has been for 10 s.)`,
      answer: it => it.left,
      how: (it, { age, delay }) =>
        `Lifetime ${num(it.lifetime)} s. Age: the greater of ${num(it.apparent)} (by \`Date\`) and ${num(age)} + ${num(delay)} (by \`Age\`), that is ${num(it.corrected)}, and ${num(it.resident)} in the cache: ${num(it.corrected + it.resident)} s. ${num(it.lifetime)} - ${num(it.corrected + it.resident)} = ${num(it.left)}.`,
    },
    until: {
      kind: 'text',
      title: 'Until what time is a stored response fresh?',
      bare: true,
      prompt: it =>
        `${told(it)}\n\nAt what time by this clock does the response become stale, or did it? Answer as hh:mm:ss.`,
      answer: (it, { kept }) => clock(kept + it.left),
      how: (it, { kept, age, delay }) =>
        `When it came in, its age was the greater of ${num(it.apparent)} and ${num(age)} + ${num(delay)}, that is ${num(it.corrected)} s. Of its lifetime of ${num(it.lifetime)} s, ${num(it.lifetime - it.corrected)} s were left: until ${clock(kept + it.left)}.`,
    },
  },
  result: it =>
    `${num(it.left)} s left: lifetime ${num(it.lifetime)} s, age ${num(it.corrected)} + ${num(it.resident)} s`,
  trace: (it, { age, delay }) => ({
    columns: ['part', 'seconds'],
    rows: [
      ['lifetime', num(it.lifetime)],
      ['apparent age', num(it.apparent)],
      ['Age + delay', num(age + delay)],
      ['age on arrival', num(it.corrected)],
      ['time in the cache', num(it.resident)],
      ['left', num(it.left)],
    ],
  }),
  picture: ({ lifetime, corrected, resident }) => {
    const most = Math.max(lifetime, corrected + resident, 1)
    const wide = (value: number) => rounded((value / most) * 50)
    return [
      `lifetime  ${'='.repeat(wide(lifetime))} ${num(lifetime)} s`,
      `age       ${'.'.repeat(wide(corrected))}${'#'.repeat(wide(resident))} ${num(corrected + resident)} s`,
      '          . on the way, # in this cache',
    ].join('\n')
  },
})
