import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Cluster {
  /** The log of each server as the terms of its entries: `1.1.2`. */
  readonly logs: readonly string[]
  /** How many servers, the first ones, are down. */
  readonly down: number
}

interface Candidate {
  readonly name: string
  /** Votes that it gets if it stands first, its own included. */
  readonly votes: number
  readonly wins: boolean
}

interface Outcome {
  readonly candidates: readonly Candidate[]
  readonly needed: number
}

const terms = (log: string) => log.split('.').map(Number)

/** Is log `a` at least as up to date as `b`? The later last term wins; with equal ones the longer log (Ongaro 2014 §3.6.1). */
function upToDate(a: string, b: string): boolean {
  const last = terms(a).at(-1)! - terms(b).at(-1)!
  return last > 0 || (last === 0 && terms(a).length >= terms(b).length)
}

/**
 * Who can win a Raft election: each live server in turn stands first, in a new term in which nobody has voted yet. A server votes
 * for a candidate whose log is at least as up to date as its own; a majority of **all** servers elects. The arguments say
 * what a wrong rule changes: who votes for whom, and how many votes are needed.
 */
function election(
  { logs, down }: Cluster,
  {
    votes = upToDate,
    needed = Math.floor(logs.length / 2) + 1,
  }: {
    readonly votes?: (candidate: string, voter: string) => boolean
    readonly needed?: number
  } = {},
): Outcome {
  const live = logs.map((log, i) => ({ name: name(i), log })).slice(down)
  const candidates = live.map(it => {
    const got = live.filter(voter => voter === it || votes(it.log, voter.log)).length
    return { name: it.name, votes: got, wins: got >= needed }
  })
  return { candidates, needed }
}

const name = (i: number) => String.fromCharCode(65 + i)
const winners = ({ candidates }: Outcome) =>
  list(
    candidates.filter(it => it.wins).map(it => it.name),
    'nobody',
  )

const table = ({ logs, down }: Cluster) =>
  logs
    .map((log, i) => `${name(i)}  ${i < down ? 'down' : 'up  '}  log: ${terms(log).join(' ')}`)
    .join('\n')

const scene = (it: Cluster) =>
  `A Raft cluster of ${num(it.logs.length)} servers has lost its leader A${it.down > 1 ? ', and more with it' : ''}. The logs, each entry as its term:\n\n` +
  `\`\`\`\n${table(it)}\n\`\`\``

/** The last live server: the one that is asked about. */
const asked = ({ logs }: Cluster) => name(logs.length - 1)

export const raftElection = lab({
  id: 'raft-election',
  title: 'Who can win a Raft election',
  summary: 'The leader is gone: which of the remaining servers can be elected, given their logs.',
  concepts: ['cap/leader-election', 'cap/raft', 'cap/raft-commit'],
  sources: ['raft-2014#3.6.1', 'raft-2014#3.4'],
  rule: 'A server votes only for a log at least as up to date as its own, **last term first, then length**; a majority of all servers elects.',
  parameters: {
    logs: texts(
      'the log of each server as the terms of its entries, like 1.1.2; the first is the leader that is lost',
      {
        least: 3,
        most: 9,
        form: { like: /^[1-9](\.[1-9]){0,9}$/, says: 'terms like 1.1.2, at most 10' },
      },
    ),
    down: whole('servers that are down, counted from the first', {
      from: 1,
      to: 8,
      drawn: [1, 1, 2],
    }),
  },
  example: { logs: ['1.1.3.3', '1.1.3', '1.1.2.2.2', '1.1', '1.1.3'], down: 1 },
  check({ logs, down }) {
    if (down >= logs.length)
      return `down is ${num(down)}, and there are only ${num(logs.length)} servers`
    const falling = logs.find(log => terms(log).some((it, i, all) => i > 0 && it < all[i - 1]!))
    return falling === undefined ? undefined : `a term in a log never falls: ${falling}`
  },
  // What some terms of Raft leave behind: each leader could be elected, and reached few followers before it was gone.
  draw(random, { down }) {
    const size = down === 2 ? pick(random, [5, 5, 6, 7]) : pick(random, [4, 5, 5])
    let logs = Array.from({ length: size }, () => pick(random, ['1', '1.1', '1.1']))
    for (const term of [2, 3, 4, 5].slice(0, pick(random, [2, 3, 4]))) {
      const { candidates } = election({ logs, down: 0 })
      const leader = pick(
        random,
        candidates.flatMap((it, i) => (it.wins ? [i] : [])),
      )
      const log = [logs[leader]!, ...Array<number>(pick(random, [1, 1, 2, 3])).fill(term)].join('.')
      const reached = pick(random, [0, 1, 1, 2])
      logs = [
        log,
        ...shuffled(
          random,
          logs.filter((_, i) => i !== leader),
        ).map((it, i) => (i < reached ? log.slice(0, log.length - pick(random, [0, 0, 2])) : it)),
      ]
    }
    return { logs: [logs[0]!, ...shuffled(random, logs.slice(1))] }
  },
  run: it => election(it),
  misconceptions: {
    'longest-log': {
      belief: 'let the longer log win, whatever its terms are',
      because: 'More entries sounds like more up to date.',
      fact: 'The term of the last entry is compared first; a long log of an older term loses.',
      run: it => election(it, { votes: (a, b) => terms(a).length >= terms(b).length }),
    },
    'term-only': {
      belief: 'compare the last terms and not the lengths',
      because: 'The term decides so often that one forgets the tie.',
      fact: 'With equal last terms the longer log is the more up to date one, and its owner refuses the shorter.',
      run: it => election(it, { votes: (a, b) => terms(a).at(-1)! >= terms(b).at(-1)! }),
    },
    'majority-of-live': {
      belief: 'ask for a majority of the servers that are still up',
      because: 'Those that are down cannot vote anyway.',
      fact: 'It is a majority of the whole cluster, so that any two majorities share a server.',
      run: it => election(it, { needed: Math.floor((it.logs.length - it.down) / 2) + 1 }),
    },
    'first-come': {
      belief: 'let everybody vote for whoever asks first',
      because: 'Each server has one vote per term, first come, first served.',
      fact: 'First come holds among candidates that are up to date; others are refused, or committed entries could be lost.',
      run: it => election(it, { votes: () => true }),
    },
    'best-log-only': {
      belief: 'let only the server with the most up-to-date log of all be elected',
      because: 'Raft is careful about logs, so the best one should win.',
      fact: 'A candidate needs a majority, not everybody: those with better logs may be in the minority that refuses.',
      run: it => election(it, { needed: it.logs.length - it.down }),
    },
  },
  questions: {
    winners: {
      kind: 'choice',
      title: 'Which servers can win a Raft election?',
      prompt: it =>
        `${scene(it)}\n\nWhich servers can win an election now, if they are the first to stand?`,
      answer: it => winners(it),
      how: ({ candidates, needed }, { logs }) =>
        `A majority of ${num(logs.length)} is ${num(needed)} votes. ${candidates
          .map(it => `${it.name} gets ${num(it.votes)}`)
          .join(', ')}, each counting its own vote.`,
      bare: true,
    },
    votes: {
      kind: 'number',
      title: 'How many votes does a candidate get?',
      unit: 'votes',
      prompt: it =>
        `${scene(it)}\n\n${asked(it)} is the first to stand, in a new term; nobody else does, and no message is lost. How many votes does it get, with its own?`,
      answer: it => it.candidates.at(-1)!.votes,
      how: ({ candidates }, it) => {
        const own = it.logs.at(-1)!
        const yes = it.logs
          .map((log, i) => ({ log, name: name(i) }))
          .slice(it.down, -1)
          .filter(({ log }) => upToDate(own, log))
          .map(it => it.name)
        return `${asked(it)}’s log ends in term ${num(terms(own).at(-1)!)} and has ${count(terms(own).length, 'entry', 'entries')}. The others whose log is not more up to date, and that vote for it: ${list(yes)}. With its own vote that makes ${num(candidates.at(-1)!.votes)}.`
      },
      bare: true,
    },
  },
  result: (outcome, { logs }) =>
    `can win: ${winners(outcome)} (${outcome.candidates.map(it => `${it.name} ${num(it.votes)}`).join(', ')} of ${num(logs.length)} votes)`,
  trace: ({ candidates, needed }, { logs, down }) => ({
    columns: ['candidate', 'last term', 'length', 'votes', 'elected'],
    rows: candidates.map((it, i) => {
      const log = terms(logs[down + i]!)
      return [
        it.name,
        num(log.at(-1)!),
        num(log.length),
        num(it.votes),
        it.wins ? 'can be' : `no, needs ${num(needed)}`,
      ]
    }),
  }),
  picture: ({ candidates }, it) =>
    table(it)
      .split('\n')
      .map((line, i) => {
        const candidate = candidates[i - it.down]
        return candidate === undefined
          ? line
          : `${line.padEnd(38)}${'#'.repeat(candidate.votes)}${'.'.repeat(it.logs.length - candidate.votes)}${candidate.wins ? ' can win' : ''}`
      })
      .join('\n'),
})
