import { lab, pick } from './lab.ts'
import { numbers, one, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { list, num, rounded } from './said.ts'

interface Shards {
  readonly shards: number
  /** Requests per second of tenant 0, 1, 2 and so on. */
  readonly loads: readonly number[]
  readonly remedy: 'none' | 'twice-the-shards' | 'suffixes'
  /** Into how many keys the busiest tenant is split. */
  readonly suffixes: number
}

interface Outcome {
  /** Requests per second of each shard. */
  readonly perShard: readonly number[]
  readonly busiest: number
  readonly most: number
}

/** The tenant with the most requests; the first of several. */
const hot = (loads: readonly number[]) => loads.indexOf(Math.max(...loads))

/**
 * Tenant `i` is on shard `i mod shards` (a stand-in for its hash). Twice the shards: all are placed anew by that rule. Suffixes: the
 * busiest tenant becomes the keys `i.0`, `i.1` and so on, with equal shares, and key `i.j` is on shard `(i + j) mod shards`
 * (write sharding as in DynamoDB's guide). The arguments say what a wrong rule changes.
 */
function spread(
  { shards, loads, remedy, suffixes }: Shards,
  {
    count = remedy === 'twice-the-shards' ? 2 * shards : shards,
    place = tenant => tenant % count,
    keys = remedy === 'suffixes' ? suffixes : 1,
  }: {
    readonly count?: number
    readonly place?: (tenant: number) => number
    readonly keys?: number
  } = {},
): number[] {
  const perShard = Array<number>(count).fill(0)
  for (const [tenant, load] of loads.entries()) {
    const parts = tenant === hot(loads) ? keys : 1
    for (let j = 0; j < parts; j++) {
      const shard = (place(tenant) + j) % count
      perShard[shard] = perShard[shard]! + load / parts
    }
  }
  return perShard
}

function outcome(perShard: readonly number[], busiest?: number): Outcome {
  const all = perShard.map(it => rounded(it, 2))
  const shard = busiest ?? all.indexOf(Math.max(...all))
  return { perShard: all, busiest: shard, most: all[shard]! }
}

const sum = (loads: readonly number[]) => loads.reduce((all, it) => all + it, 0)

const scene = ({ shards, loads, remedy, suffixes }: Shards) =>
  `Orders are sharded by tenant; tenant i is on shard i mod n, with n = ${num(shards)} shards, numbered from 0. Requests per second:\n\n` +
  `\`\`\`\ntenant      ${loads.map((_, i) => num(i).padStart(4)).join('')}\nrequests/s  ${loads.map(it => num(it).padStart(4)).join('')}\n\`\`\`\n\n` +
  (remedy === 'twice-the-shards'
    ? `The busiest shard is too slow. So the number of shards is doubled to ${num(2 * shards)}, and the tenants are placed anew by the same rule. `
    : remedy === 'suffixes'
      ? `The busiest shard is too slow. So tenant ${num(hot(loads))} gets suffixes: its requests are spread evenly over ${num(suffixes)} keys, ${num(hot(loads))}.0 to ${num(hot(loads))}.${num(suffixes - 1)}, and key ${num(hot(loads))}.j is on shard (${num(hot(loads))} + j) mod ${num(shards)}. `
      : '')

export const shardHotspot = lab({
  id: 'shard-hotspot',
  title: 'Hot shards',
  summary:
    'One tenant is far busier than the others: which shard is hot, and what more shards or suffixes change.',
  concepts: ['scalability/hot-shard', 'scalability/shard-key', 'scalability/sharding'],
  sources: ['dynamodb-write-sharding', 'mongodb-shard-key'],
  rule: 'A key is on **one** shard, however many there are; only splitting the key spreads its load.',
  parameters: {
    shards: whole('shards', { from: 1, to: 16, drawn: [2, 3, 4] }),
    loads: numbers('requests per second of tenant 0, 1, 2 and so on', {
      unit: 'requests/s',
      from: 0,
      to: 9999,
      whole: true,
      least: 2,
      most: 12,
    }),
    remedy: one('what is done about it', ['none', 'twice-the-shards', 'suffixes']),
    suffixes: whole('keys into which the busiest tenant is split', {
      from: 1,
      to: 16,
      drawn: [2, 3, 4],
    }),
  },
  example: {
    shards: 4,
    loads: [20, 10, 30, 20, 10, 240, 20, 10],
    remedy: 'twice-the-shards',
    suffixes: 4,
  },
  draw(random, { shards, suffixes }) {
    const loads = Array.from({ length: pick(random, [6, 7, 8]) }, () =>
      pick(random, [10, 20, 30, 40]),
    )
    loads[pick(random, [...loads.keys()])] = pick(random, [120, 240])
    return { loads, suffixes: Math.min(suffixes, shards) }
  },
  run: it => outcome(spread(it)),
  misconceptions: {
    'evenly-spread': {
      belief: 'expect sharding to spread the load evenly',
      because: 'A hash spreads keys evenly, and load is taken for keys.',
      fact: 'It spreads keys; where one key carries most of the load, so does its shard.',
      run: it => {
        const count = spread(it).length
        return outcome(Array(count).fill(sum(it.loads) / count))
      },
    },
    'in-proportion': {
      belief: 'divide the load of the busiest shard by the number of parts',
      because: 'Twice the shards, half the load for each.',
      fact: 'Adding shards moves whole keys and suffixes split one key only: the hot key stays whole, or its neighbours do.',
      run: it => {
        const before = outcome(spread({ ...it, remedy: 'none' }))
        const parts =
          it.remedy === 'twice-the-shards' ? 2 : it.remedy === 'suffixes' ? it.suffixes : 1
        return { ...before, most: rounded(before.most / parts, 2) }
      },
    },
    'most-tenants': {
      belief: 'take the shard with the most tenants for the hot one',
      because: 'Counting rows or tenants is how balance is often checked.',
      fact: 'What heats a shard is requests: one busy tenant outweighs many quiet ones.',
      run: it => {
        const tenants = spread({
          ...it,
          remedy: it.remedy === 'twice-the-shards' ? it.remedy : 'none',
          loads: it.loads.map(() => 1),
        })
        return outcome(spread(it), tenants.indexOf(Math.max(...tenants)))
      },
    },
    'nobody-moves': {
      belief: 'leave the tenants where they were, as if the remedy were only for new ones',
      because: 'Data has to be moved by somebody, and that is easy to forget.',
      fact: 'By this rule the shard follows from the key, so placing anew is part of the change.',
      run: it => {
        const before = spread({ ...it, remedy: 'none' })
        return outcome(
          it.remedy === 'twice-the-shards' ? [...before, ...before.map(() => 0)] : before,
        )
      },
    },
    'hot-tenant-gone': {
      belief: 'take the busy tenant off its shard altogether',
      because: 'The remedy is there to get rid of it.',
      fact: 'One of its keys is still on the old shard, with its share, beside the tenants that were there.',
      run: it => {
        const tenant = hot(it.loads)
        if (it.remedy !== 'suffixes') return outcome(spread(it))
        const others = spread({
          ...it,
          remedy: 'none',
          loads: it.loads.map((load, i) => (i === tenant ? 0 : load)),
        })
        const own = tenant % it.shards
        return outcome(
          others.map((load, shard) =>
            shard === own || it.shards === 1 ? load : load + it.loads[tenant]! / (it.shards - 1),
          ),
        )
      },
    },
  },
  questions: {
    most: {
      kind: 'number',
      title: 'How many requests does the busiest shard get?',
      unit: 'requests/s',
      prompt: it =>
        `${scene(it)}How many requests per second does the busiest shard get${it.remedy === 'none' ? '' : ' then'}?`,
      answer: it => it.most,
      how: (outcome, it) => told(outcome, it),
    },
    which: {
      kind: 'choice',
      title: 'Which shard is the busiest, and how busy is it?',
      prompt: it =>
        `${scene(it)}Which shard is the busiest${it.remedy === 'none' ? '' : ' then'}, and how many requests per second does it get?`,
      answer: ({ busiest, most }) => `shard ${num(busiest)} with ${num(most)}/s`,
      how: (outcome, it) => told(outcome, it),
    },
  },
  result: ({ perShard, busiest, most }) =>
    `shard ${num(busiest)} is the busiest with ${num(most)} of ${num(rounded(sum(perShard), 2))} requests/s`,
  trace: ({ perShard }, it) => ({
    columns: ['shard', 'tenants', 'requests/s'],
    rows: perShard.map((load, shard) => [
      num(shard),
      list(
        it.loads.flatMap((_, tenant) => {
          const keys = it.remedy === 'suffixes' && tenant === hot(it.loads) ? it.suffixes : 1
          return Array.from({ length: keys }, (_, j) => j)
            .filter(j => (tenant + j) % perShard.length === shard)
            .map(j => (keys > 1 ? `${num(tenant)}.${num(j)}` : num(tenant)))
        }),
      ),
      num(load),
    ]),
  }),
  picture: ({ perShard }) =>
    bars(perShard.map((load, i) => ({ label: `shard ${num(i)}`, value: load, note: num(load) }))),
})

function told({ busiest, most }: Outcome, { loads, shards, remedy, suffixes }: Shards): string {
  const tenant = hot(loads)
  const count = remedy === 'twice-the-shards' ? 2 * shards : shards
  return `Tenant ${num(tenant)} makes ${num(loads[tenant]!)} of ${num(sum(loads))} requests/s${
    remedy === 'suffixes'
      ? `, ${num(rounded(loads[tenant]! / suffixes, 2))} for each of its ${num(suffixes)} keys, each on top of what is on that shard`
      : ` and is on shard ${num(tenant)} mod ${num(count)} = ${num(tenant % count)}${remedy === 'none' ? '' : ', whole as before'}`
  }. The busiest shard is ${num(busiest)} with ${num(most)}/s.`
}
