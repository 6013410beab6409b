import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { numbers, one, texts } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Ring {
  /** Points of the nodes there are: the node's letter and the position, `A10`. */
  readonly points: readonly string[]
  /** What happens: a node with these points joins, or the node of this letter leaves. */
  readonly change: 'join' | 'leave'
  /** The points that join or leave; all of one node. */
  readonly of: readonly string[]
  /** Positions of the keys. */
  readonly keys: readonly number[]
}

interface Point {
  readonly node: string
  readonly at: number
}

interface Outcome {
  readonly keys: readonly {
    readonly at: number
    readonly before: string
    readonly after: string
  }[]
}

/** Positions on the ring: 0 to 99, and after 99 comes 0 again. */
const SIZE = 100

const point = (it: string): Point => ({ node: it.slice(0, 1), at: Number(it.slice(1)) })
const sorted = (points: readonly string[]) => points.map(point).toSorted((a, b) => a.at - b.at)
const nodes = (points: readonly string[]) =>
  [...new Set(points.map(it => it.slice(0, 1)))].toSorted()

type Owner = (key: number, points: readonly Point[]) => string

/** A key belongs to the first point at its position or after it, clockwise; after the last point comes the first one again. */
const clockwise: Owner = (key, points) => (points.find(it => it.at >= key) ?? points[0]!).node

/**
 * A ring of 100 positions. Each node has one or more points on it (virtual nodes); `owner` finds the node of a key among the sorted
 * points (Karger et al. 1997 §4; Dynamo §4.2). Positions stand for what a *stable* hash function gives: one that is salted per
 * process, such as Python's `hash`, puts the keys elsewhere in each process. The argument says what a wrong rule changes.
 */
function ring({ points, change, of, keys }: Ring, owner: Owner = clockwise): Outcome {
  const without = sorted(points.filter(it => !of.includes(it)))
  const all = sorted([...new Set([...points, ...of])])
  const [before, after] = change === 'join' ? [without, all] : [all, without]
  return {
    keys: keys.map(at => ({ at, before: owner(at, before), after: owner(at, after) })),
  }
}

/** Only the first point of each node. */
const firstOnly = (points: readonly Point[]) =>
  points.filter((it, i) => points.findIndex(other => other.node === it.node) === i)

const distance = (a: number, b: number) => Math.min(Math.abs(a - b), SIZE - Math.abs(a - b))

const moved = ({ keys }: Outcome) => keys.filter(it => it.before !== it.after)

const scene = ({ points, change, of, keys }: Ring) => {
  const there =
    change === 'join' ? points.filter(it => !of.includes(it)) : [...new Set([...points, ...of])]
  return (
    'A cache places its keys by consistent hashing. The hash gives a position from 0 to 99 on a ring; clockwise means upwards, and after 99 comes 0.\n\n' +
    `\`\`\`\npoints of the nodes  ${sorted(there)
      .map(it => `${it.node}:${it.at}`)
      .join('  ')}\nkeys                 ${keys.map(num).join('  ')}\n\`\`\`\n\n` +
    (change === 'join'
      ? `Node ${of[0]!.slice(0, 1)} joins with ${of.length === 1 ? 'a point' : 'points'} at ${list(sorted(of).map(it => num(it.at)))}.`
      : `Node ${of[0]!.slice(0, 1)} fails and its points are taken off the ring.`)
  )
}

export const consistentHashing = lab({
  id: 'consistent-hashing',
  title: 'Consistent hashing',
  summary:
    'Keys and nodes on a ring with virtual nodes: which keys move when a node joins or leaves.',
  concepts: ['cap/consistent-hashing', 'cap/virtual-nodes', 'cap/modulo-hashing'],
  sources: ['karger-1997#4', 'dynamo-2007#4.2'],
  rule: 'A key belongs to the first point at or after it, clockwise; so only keys right before points that come or go move.',
  parameters: {
    points: texts('points of the nodes on the ring, letter and position from 0 to 99: A10', {
      least: 2,
      most: 16,
      form: {
        like: /^[A-J]\d{1,2}$/,
        says: 'a letter from A to J and a position from 0 to 99, like A10',
      },
    }),
    change: one('whether a node joins or leaves', ['join', 'leave']),
    of: texts('the points that join or leave, all of one node', {
      least: 1,
      most: 4,
      form: {
        like: /^[A-J]\d{1,2}$/,
        says: 'a letter from A to J and a position from 0 to 99, like D25',
      },
    }),
    keys: numbers('positions of the keys', {
      from: 0,
      to: 99,
      whole: true,
      rising: true,
      most: 12,
    }),
  },
  example: {
    points: ['A10', 'B30', 'C45', 'B60', 'A75', 'C90'],
    change: 'join',
    of: ['D22', 'D55'],
    keys: [5, 18, 25, 40, 48, 58, 70, 95],
  },
  check({ points, of }) {
    const all = [...new Set([...points, ...of])]
    const places = all.map(it => point(it).at)
    const twice = places.find((it, i) => places.indexOf(it) !== i)
    if (twice !== undefined) return `two points are at ${num(twice)}`
    const [node, ...others] = nodes(of)
    if (others.length > 0) return `points of one node come or go, not of ${node} and ${others[0]}`
    if (points.some(it => it.startsWith(node!) && !of.includes(it)))
      return `all points of ${node} come or go together`
    return nodes(all).length < 3
      ? 'there are at least three nodes, the one that comes or goes included'
      : undefined
  },
  // Points and keys about evenly spread, none at the same place, some keys after the last point.
  draw(random, { change }) {
    const places = shuffled(
      random,
      [...Array(33).keys()].map(it => it * 3 + 1),
    )
    const letters = shuffled(random, [
      'A',
      'A',
      'B',
      'B',
      'C',
      'C',
      ...pick(random, [[], ['D', 'D']]),
    ])
    const points = letters.map(it => `${it}${places.pop()}`)
    const node = change === 'join' ? (letters.includes('D') ? 'E' : 'D') : pick(random, letters)
    const of =
      change === 'join'
        ? [`${node}${places.pop()}`, `${node}${places.pop()}`]
        : points.filter(it => it.startsWith(node))
    const keys = places.slice(0, 8).map(it => it + pick(random, [0, 1, 2]))
    return { points, of, keys: keys.toSorted((a, b) => a - b) }
  },
  run: it => ring(it),
  misconceptions: {
    'node-before': {
      belief: 'give a key to the last point before it',
      because: 'It reads like a range that begins at the point of a node.',
      fact: 'By the usual convention one walks clockwise from the key to the next point, so a point ends the range of its node.',
      run: it =>
        ring(it, (key, points) => (points.findLast(it => it.at <= key) ?? points.at(-1)!).node),
    },
    'nearest-node': {
      belief: 'give a key to the nearest point on either side',
      because: 'Near sounds right on a ring.',
      fact: 'Only one direction counts: clockwise to the next point, however far that is.',
      run: it =>
        ring(
          it,
          (key, points) =>
            points.toSorted((a, b) => distance(a.at, key) - distance(b.at, key) || a.at - b.at)[0]!
              .node,
        ),
    },
    'no-wrap': {
      belief: 'leave the keys after the last point with that last point',
      because: 'A list of sorted points has an end, a ring has none.',
      fact: 'After the last point comes the first one: the ring closes.',
      run: it =>
        ring(it, (key, points) => (points.find(it => it.at >= key) ?? points.at(-1)!).node),
    },
    'one-point-each': {
      belief: 'use only the first point of each node',
      because: 'In the simplest picture each node stands on the ring once.',
      fact: 'With virtual nodes a node has many points; it takes over a piece before each, from several others.',
      run: it => ring(it, (key, points) => clockwise(key, firstOnly(points))),
    },
    modulo: {
      belief: 'place keys by position modulo the number of nodes',
      because: 'Hash modulo N is the first thing that comes to mind.',
      fact: 'Modulo moves nearly all keys when N changes; the ring was invented to avoid that.',
      run: it =>
        ring(it, (key, points) => {
          const all = [...new Set(points.map(it => it.node))].toSorted()
          return all[key % all.length]!
        }),
    },
  },
  questions: {
    moved: {
      kind: 'number',
      title: 'How many keys move when a node joins or leaves a ring?',
      unit: 'keys',
      prompt: it => `${scene(it)}\n\nHow many of the ${num(it.keys.length)} keys get another node?`,
      answer: it => moved(it).length,
      how: outcome =>
        `Only these have another point next on their way clockwise: ${list(moved(outcome).map(it => `${num(it.at)} (${it.before} to ${it.after})`))}.`,
    },
    which: {
      kind: 'choice',
      title: 'Which keys move, and to which node?',
      prompt: it => `${scene(it)}\n\nWhich keys move, and where do they go?`,
      answer: outcome =>
        list(
          moved(outcome).map(it => `${num(it.at)} to ${it.after}`),
          'no key moves',
        ),
      how: outcome =>
        `Each key goes clockwise to the next point. ${count(moved(outcome).length, 'key')} of ${num(outcome.keys.length)} ${moved(outcome).length === 1 ? 'meets' : 'meet'} another point than before.`,
    },
    owners: {
      kind: 'text',
      title: 'Which node has each key on a ring?',
      prompt: it =>
        `${scene(it)}\n\nWhich nodes have the keys then? Type a letter for each key, in the order above, like \`${it.keys.map(() => 'X').join('')}\`.`,
      answer: ({ keys }) => keys.map(it => it.after).join(''),
      accept: answer => [[...answer].join(' '), [...answer].join(', '), [...answer].join(',')],
      how: ({ keys }) =>
        `Clockwise from each key to the next point: ${keys.map(it => `${num(it.at)} ${it.after}`).join(', ')}.`,
    },
  },
  result: outcome => {
    const all = moved(outcome)
    return `${num(all.length)} of ${count(outcome.keys.length, 'key')} moved${all.length === 0 ? '' : `: ${list(all.map(it => `${num(it.at)} to ${it.after}`))}`}`
  },
  trace: ({ keys }, { points, change, of }) => {
    const after = sorted(
      change === 'join' ? [...new Set([...points, ...of])] : points.filter(it => !of.includes(it)),
    )
    return {
      columns: ['key', 'before', 'next point then', 'after', 'moved'],
      rows: keys.map(it => {
        const next = after.find(point => point.at >= it.at) ?? after[0]!
        return [
          num(it.at),
          it.before,
          `${next.node} at ${num(next.at)}`,
          it.after,
          it.before === it.after ? 'no' : 'yes',
        ]
      }),
    }
  },
  picture({ keys }, { points, of, change }) {
    const row = (marks: readonly Point[]) => {
      const cells: string[] = []
      for (const { node, at } of marks) cells[Math.floor((at * 64) / SIZE)] = node
      return Array.from(cells, it => it ?? '-')
        .join('')
        .padEnd(64, '-')
    }
    const all = sorted([...new Set([...points, ...of])])
    const before = change === 'join' ? all.filter(it => it.node !== of[0]!.slice(0, 1)) : all
    const after = change === 'join' ? all : all.filter(it => it.node !== of[0]!.slice(0, 1))
    return [
      `before  ${row(before)}>`,
      `after   ${row(after)}>`,
      `keys    ${row(keys.map(({ at, before, after }) => ({ node: before === after ? '.' : '*', at }))).replaceAll('-', ' ')}`.trimEnd(),
      `        0${'25'.padStart(17)}${'50'.padStart(16)}${'75'.padStart(16)}${'99'.padStart(14)}`,
      '* moves, . stays',
    ].join('\n')
  },
})
