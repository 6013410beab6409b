import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Log {
  /** The leader's current term. */
  readonly term: number
  /** The term of each entry of the leader's log, first to last. */
  readonly terms: readonly number[]
  /** For each follower, up to which entry its log is known to be the leader's. */
  readonly match: readonly number[]
}

interface Outcome {
  /** For each entry, how many servers store it, the leader included. */
  readonly stored: readonly number[]
  /** Up to which entry the log is committed; 0 when nothing is. */
  readonly commit: number
  /** How many more followers have to store the last entry before it is committed. */
  readonly missing: number
  /** Servers that may fail while the others still commit. */
  readonly tolerated: number
}

/**
 * What a Raft leader may call committed: the largest entry of its *own* term that is stored on a majority of all servers, its own
 * log counted, and everything before it (Ongaro 2014 §3.5, §3.6.2). Entries of earlier terms are committed only along with such
 * an entry, never by counting. The arguments say what a wrong rule changes: how many servers have to store an entry, and
 * whether its term matters.
 */
function committed(
  { term, terms, match }: Log,
  {
    needed = Math.floor((match.length + 1) / 2) + 1,
    anyTerm = false,
  }: { readonly needed?: number; readonly anyTerm?: boolean } = {},
): Outcome {
  const servers = match.length + 1
  const stored = terms.map((_, i) => 1 + match.filter(it => it > i).length)
  const last = terms.findLastIndex(
    (it, i) => (stored[i] ?? 0) >= needed && (anyTerm || it === term),
  )
  return {
    stored,
    commit: last + 1,
    missing: Math.max(0, needed - (stored.at(-1) ?? 0)),
    tolerated: servers - needed,
  }
}

const follower = (i: number) => String.fromCharCode(66 + i)

const log = ({ term, terms, match }: Log) =>
  [
    `index     ${terms.map((_, i) => num(i + 1).padStart(2)).join(' ')}`,
    `A leader  ${terms.map(it => num(it).padStart(2)).join(' ')}    now in term ${num(term)}`,
    ...match.map((it, i) =>
      `${follower(i)}         ${terms.map((term, j) => (j < it ? num(term) : '.').padStart(2)).join(' ')}`.trimEnd(),
    ),
  ].join('\n')

const scene = (it: Log) =>
  `A Raft cluster has ${num(it.match.length + 1)} servers. A leads; when it was elected it knew of nothing that was committed. What it knows of the logs now (a number is the term of an entry, \`.\` is not stored yet):\n\n` +
  `\`\`\`\n${log(it)}\n\`\`\``

export const raftCommit = lab({
  id: 'raft-commit',
  title: 'Commit rule in Raft',
  summary: 'A leader knows how far its followers have come: which entries are committed.',
  concepts: ['cap/raft-commit', 'cap/raft', 'cap/consensus'],
  sources: ['raft-2014#3.5', 'raft-2014#3.6.2'],
  rule: 'Committed is up to the last entry **of the current term** that a majority of all servers stores, the leader included.',
  parameters: {
    term: whole('the current term of the leader', { from: 1, to: 99 }),
    terms: numbers('the term of each entry in the log of the leader', {
      from: 1,
      to: 99,
      whole: true,
      rising: true,
      most: 10,
    }),
    match: numbers('for each follower, how many entries of that log it stores', {
      from: 0,
      to: 10,
      whole: true,
      least: 2,
      most: 8,
    }),
  },
  example: { term: 3, terms: [1, 1, 2, 3, 3, 3], match: [5, 4, 2, 2] },
  check({ term, terms, match }) {
    if ((terms.at(-1) ?? 0) > term)
      return `terms reaches ${num(terms.at(-1)!)}, but the leader is in term ${num(term)}`
    const over = match.find(it => it > terms.length)
    return over === undefined
      ? undefined
      : `match says ${num(over)}, but the log has ${count(terms.length, 'entry', 'entries')}`
  },
  // Followers that lag behind a log of up to three terms; at times the newest term has not got far yet.
  draw(random) {
    const length = pick(random, [5, 6, 7])
    const term = pick(random, [3, 4, 5])
    const own = pick(random, [1, 2, 3, 4])
    const terms = Array.from({ length }, (_, i) =>
      i >= length - own ? term : i < 2 ? 1 : term - pick(random, [1, 1, 2]),
    ).toSorted((a, b) => a - b)
    const match = Array.from({ length: pick(random, [2, 3, 4, 4, 6]) }, () => {
      return length - pick(random, [0, 1, 1, 2, 3, 4])
    })
    return { term, terms, match }
  },
  run: it => committed(it),
  misconceptions: {
    'any-term': {
      belief: 'count entries of earlier terms like those of the current one',
      because: 'An entry on a majority of disks looks safe, whoever put it there.',
      fact: 'A server with a later last term can still win and overwrite it; an entry of the current term on a majority rules that out.',
      run: it => committed(it, { anyTerm: true }),
    },
    'leader-left-out': {
      belief: 'ask for a majority among the followers and leave the leader out',
      because: 'The leader waits for answers of others, so only these seem to count.',
      fact: 'The leader has stored the entry as well and is one of the majority.',
      run: it => committed(it, { needed: Math.floor((it.match.length + 1) / 2) + 2 }),
    },
    'every-server': {
      belief: 'wait until every server has stored an entry',
      because: 'Replication sounds as if all copies had to be made.',
      fact: 'A majority is enough; slow or dead followers catch up later and hold nobody up.',
      run: it => committed(it, { needed: it.match.length + 1 }),
    },
    'one-follower': {
      belief: 'take one copy on a follower for enough',
      because: 'Semi-synchronous replication of databases waits for one replica.',
      fact: 'With more than three servers a new leader can be elected without that one follower, and lack the entry.',
      run: it => committed(it, { needed: 2 }),
    },
    'leader-alone': {
      belief: 'take what the leader has written for committed',
      because: 'On a single database, written to the log and flushed means committed.',
      fact: 'A leader may crash with entries that nobody else has; the next leader overwrites them.',
      run: it => committed(it, { needed: 1 }),
    },
  },
  questions: {
    index: {
      kind: 'number',
      title: 'Up to which entry may a Raft leader commit?',
      prompt: it =>
        `${scene(it)}\n\nUp to which index may A take the log for committed now? Type 0 if it may not for any entry.`,
      answer: it => it.commit,
      how: ({ commit, stored }, { term, terms, match }) => {
        const need = Math.floor((match.length + 1) / 2) + 1
        const spread = stored.findLastIndex(it => it >= need)
        const old = spread >= 0 && terms[spread] !== term
        return `A majority is ${num(need)} of ${num(match.length + 1)}, A included. ${spread < 0 ? 'No entry is' : `Up to index ${num(spread + 1)} entries are`} on so many servers. ${
          old
            ? `Entry ${num(spread + 1)} is of term ${num(terms[spread]!)}, not of the current term ${num(term)}, so that count commits nothing.`
            : commit > 0
              ? `Entry ${num(commit)} is of the current term ${num(term)}, so it is committed, with all before it.`
              : ''
        }`.trimEnd()
      },
    },
    missing: {
      kind: 'number',
      title: 'How many more followers have to store an entry before it is committed?',
      unit: 'followers',
      prompt: it =>
        `${scene(it)}\n\nA client waits for its write, the entry with index ${num(it.terms.length)}${it.terms.at(-1) === it.term ? '' : ` (A has an entry of term ${num(it.term)} on the way as well)`}. How many more followers have to store it, at the least, before A may confirm the write?`,
      answer: it => it.missing,
      how: ({ stored, missing }, { match }) =>
        `A majority is ${num(Math.floor((match.length + 1) / 2) + 1)} of ${num(match.length + 1)}. ${num(stored.at(-1) ?? 0)} store it already, A included, so ${num(missing)} more.`,
    },
    tolerated: {
      kind: 'choice',
      title: 'What is committed, and how many servers may fail?',
      prompt: it =>
        `${scene(it)}\n\nWhich entries may A take for committed, and how many of the ${num(it.match.length + 1)} servers may fail for good while the others can still commit writes?`,
      answer: ({ commit, tolerated }) =>
        `${commit === 0 ? 'no entry' : commit === 1 ? 'entry 1' : `entries 1 to ${num(commit)}`}; ${num(tolerated)} may fail`,
      how: ({ commit, tolerated }, { match }) =>
        `${num(match.length + 1)} servers need ${num(match.length + 1 - tolerated)} for a majority, so ${num(tolerated)} may fail. ${commit === 0 ? 'No entry of the current term' : `Entry ${num(commit)} is the last one of the current term that`} is on a majority.`,
    },
  },
  result: ({ commit, missing, tolerated }) =>
    `committed up to ${num(commit)}; the last entry needs ${count(missing, 'more follower')}; ${count(tolerated, 'server')} may fail`,
  trace: ({ stored, commit }, { terms, match }) => ({
    columns: ['index', 'term', 'stored on', 'servers', 'committed'],
    rows: terms.map((term, i) => [
      num(i + 1),
      num(term),
      list(['A', ...match.flatMap((it, j) => (it > i ? [follower(j)] : []))]),
      `${num(stored[i]!)} of ${num(match.length + 1)}`,
      i < commit ? 'yes' : 'no',
    ]),
  }),
  picture: ({ commit }, it) =>
    `${log(it)}\n          ${commit === 0 ? 'nothing committed' : `${'---'.repeat(commit).slice(1)}^ committed`}`,
})
