import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { count, list, num, rounded } from './said.ts'

interface Reads {
  readonly delay: number
  readonly first: readonly number[]
  readonly second: readonly number[]
}

/** A read: what its two copies take, whether the second was sent, and what the caller saw. */
interface Read {
  readonly first: number
  readonly second: number
  readonly hedged: boolean
  readonly seen: number
}

/**
 * Reads with a hedge: if the first copy has not answered after `delay` ms a second goes to another replica, and whichever
 * answers first is taken (Dean and Barroso 2013, "Hedged requests"). `seen` is what a wrong rule changes, and `hedged` whether
 * a second copy is sent. All times in ms.
 */
function hedge(
  { delay, first, second }: Reads,
  {
    hedged = one => one > delay,
    seen = (one, two) => Math.min(one, delay + two),
  }: {
    readonly hedged?: (one: number) => boolean
    readonly seen?: (one: number, two: number) => number
  } = {},
): Read[] {
  return first.map((one, i) => {
    const two = second[i]!
    const sent = hedged(one)
    return { first: one, second: two, hedged: sent, seen: sent ? seen(one, two) : one }
  })
}

const copies = (reads: readonly Read[]) => reads.length + reads.filter(it => it.hedged).length
const slowest = (reads: readonly Read[]) => Math.max(...reads.map(it => it.seen))
const extra = (reads: readonly Read[]) => rounded((copies(reads) / reads.length - 1) * 100, 1)

const story = ({ delay, first, second }: Reads) =>
  `A client sends ${count(first.length, 'read')}. Where the first copy has not answered after ${num(delay)} ms, it sends a second to another replica and takes whichever answers first. What each copy takes from the moment it is sent, in ms:\n\n` +
  `\`\`\`\nread         ${first.map((_, i) => String(i + 1).padStart(5)).join('')}\nfirst copy   ${first.map(it => String(it).padStart(5)).join('')}\nsecond copy  ${second.map(it => String(it).padStart(5)).join('')}   if it is sent\n\`\`\``

export const hedgedRequests = lab({
  id: 'hedged-requests',
  title: 'Hedged requests',
  summary:
    'Slow reads get a second copy after a delay: the latency that is seen, and the extra load.',
  concepts: ['resilience/hedged-requests'],
  sources: ['dean-barroso-2013#Hedged-requests', 'grpc-hedging#hedging-policy'],
  rule: 'A second copy goes out only when the first is still silent after the delay, and the earlier answer counts: `min(first, delay + second)`.',
  parameters: {
    delay: whole('wait before the second copy', {
      unit: 'ms',
      from: 0,
      to: 60_000,
      drawn: [10, 20, 25, 30, 40, 50],
    }),
    first: numbers('what the first copies take', {
      unit: 'ms',
      whole: true,
      from: 0,
      to: 60_000,
      most: 10,
    }),
    second: numbers('what the second copies take', {
      unit: 'ms',
      whole: true,
      from: 0,
      to: 60_000,
      most: 10,
    }),
  },
  example: { delay: 20, first: [8, 90, 12, 25, 300, 9], second: [10, 8, 9, 12, 100, 11] },
  check: ({ first, second }) =>
    first.length === second.length ? undefined : 'first and second have the same length',
  // Mostly quick reads, one that just misses the delay, and some that hang.
  draw(random, { delay }) {
    const quick = () => Math.round(delay * pick(random, [0.2, 0.4, 0.6, 0.8]))
    const slow = [
      ...Array.from({ length: pick(random, [1, 2]) }, () => delay * pick(random, [4, 6, 10, 15])),
      Math.round(delay * pick(random, [1.2, 1.4, 1.8])),
    ]
    const first = [
      ...slow,
      ...Array.from({ length: 5 - slow.length + pick(random, [0, 1]) }, quick),
    ]
      .map(it => ({ it, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ it }) => it)
    return {
      first,
      second: first.map(() => (random() < 0.12 ? delay * pick(random, [3, 5]) : quick())),
    }
  },
  run: it => hedge(it),
  misconceptions: {
    'second-clock': {
      belief: 'measure the second copy from the moment it is sent',
      because: 'That is when its replica starts to work.',
      fact: 'The caller has waited for the delay already, so it is seen after delay + second.',
      run: it => hedge(it, { seen: (one, two) => Math.min(one, two) }),
    },
    'replaces-the-first': {
      belief: 'give the first copy up when the second is sent',
      because: 'A retry after a timeout does that.',
      fact: 'Both go on, and the first copy often still wins when it was only a little late.',
      run: it => hedge(it, { seen: (_, two) => it.delay + two }),
    },
    'both-at-once': {
      belief: 'send both copies at once',
      because: 'Two copies in parallel give the lowest latency.',
      fact: 'The delay is what makes hedging cheap: most reads answer before it and are never doubled.',
      run: it => hedge(it, { hedged: () => true, seen: (one, two) => Math.min(one, two) }),
    },
    'waits-for-both': {
      belief: 'wait for both answers',
      because: 'A read from a quorum waits for several.',
      fact: 'The copies are the same read; the first good answer is used and the other copy cancelled.',
      run: it => hedge(it, { seen: (one, two) => Math.max(one, it.delay + two) }),
    },
  },
  questions: {
    seen: {
      kind: 'choice',
      title: 'Which latencies does a caller see with hedged requests?',
      prompt: it => `${story(it)}\n\nAfter how many milliseconds does the caller have each answer?`,
      answer: reads => reads.map(it => num(it.seen)).join(', '),
      how: (reads, { delay }) =>
        `Reads within ${num(delay)} ms stay as they are. ${list(
          reads.flatMap((it, i) =>
            it.hedged
              ? [
                  `Read ${num(i + 1)}: min(${num(it.first)}, ${num(delay)} + ${num(it.second)}) = ${num(it.seen)}`,
                ]
              : [],
          ),
          'No read needs a second copy',
        )}.`,
    },
    slowest: {
      kind: 'number',
      title: 'How slow is the slowest read with hedged requests?',
      unit: 'ms',
      prompt: it =>
        `${story(it)}\n\nHow many milliseconds does the slowest of the reads take, as the caller sees it?`,
      answer: slowest,
      how: (reads, { delay }) =>
        `Each hedged read takes min(first, ${num(delay)} + second). The slowest then takes ${num(slowest(reads))} ms; without hedging it would be ${num(Math.max(...reads.map(it => it.first)))} ms.`,
    },
  },
  result: reads =>
    `${num(copies(reads))} copies for ${count(reads.length, 'read')} (${num(extra(reads))} % more); seen: ${reads.map(it => num(it.seen)).join(', ')} ms`,
  trace: reads => ({
    columns: ['read', 'first (ms)', 'second copy', 'seen (ms)'],
    rows: reads.map(({ first, second, hedged, seen }, i) => [
      num(i + 1),
      num(first),
      hedged ? `sent, takes ${num(second)}` : 'not sent',
      num(seen),
    ]),
  }),
  picture(reads, { delay }) {
    const most = Math.max(
      1,
      ...reads.map(it => it.first),
      ...reads.map(it => (it.hedged ? it.seen : 0)),
    )
    const place = (at: number) => Math.round((at / most) * 46)
    return reads
      .flatMap(({ first, second, hedged, seen }, i) => {
        const one = `${'-'.repeat(place(Math.min(first, seen)))}${first <= seen ? '*' : 'x'}`
        const line = `read ${String(i + 1).padEnd(3)}|${one.padEnd(50)}${num(seen)} ms`
        const two = `${' '.repeat(place(delay))}${'='.repeat(Math.max(0, place(Math.min(delay + second, seen)) - place(delay)))}${delay + second <= seen ? '*' : 'x'}`
        return hedged ? [line, `${' '.repeat(8)}|${two}`] : [line]
      })
      .concat('', '- first copy  = second copy  * answer  x cancelled')
      .join('\n')
  },
})
