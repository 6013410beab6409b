import { type Cell, margin, mean, type Row, recallIn } from './grid.ts'
import { MEANING, type PolicyName } from './policies/index.ts'

/** All that there is to say about a simulation, in Markdown. */
export function report(
  rows: readonly Row[],
  cells: readonly Cell[],
  policies: readonly PolicyName[],
): string {
  const others = policies.filter(it => it !== 'ours')
  return [
    '### Recall on the day, %',
    `Weighted by topic, mean of ${rows.length} learners. Of ours with its 95 % confidence interval, most of which is how much learners differ.`,
    recallTable(rows, cells, policies),
    policies.map(it => `- **${it}**: ${MEANING[it]}`).join('\n'),
    '### Ours less the others, points',
    'With 95 % confidence intervals; the same learners with the same luck, in pairs.',
    differenceTable(rows, cells, others),
    '### Minutes a day to reach what ours reaches',
    'Interpolated between 10, 20 and 40 minutes, straight over the logarithm of minutes. "> 40" where 40 are not enough.',
    minutesTable(rows, cells, others),
    '### What was expected',
    expectations(rows, cells),
    '### Verdicts',
    verdicts(rows, cells, policies)
      .map(({ holds, text }) => `- ${holds ? 'holds' : '**does not hold**'}: ${text}`)
      .join('\n'),
  ].join('\n\n')
}

const percent = (it: number) => (100 * it).toFixed(1)
const points = (it: number) => `${it < 0 ? '−' : '+'}${percent(Math.abs(it))}`
const named = ({ days, minutes }: Cell) => `${days} days, ${minutes} min`

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(head),
    line(head.map((_, it) => (it === 0 ? '---' : '--:'))),
    ...body.map(line),
  ].join('\n')
}

function recallTable(
  rows: readonly Row[],
  cells: readonly Cell[],
  policies: readonly PolicyName[],
) {
  const of = (cell: number, it: PolicyName) => recallIn(rows, cell, it)
  return table(
    ['', ...policies],
    [
      ...cells.map((cell, at) => [
        named(cell),
        ...policies.map(it =>
          it === 'ours'
            ? `**${percent(mean(of(at, it)))}** ± ${percent(margin(of(at, it)))}`
            : percent(mean(of(at, it))),
        ),
      ]),
      ['mean', ...policies.map(it => percent(mean(cells.map((_, at) => mean(of(at, it))))))],
    ],
  )
}

/** Ours less another policy: of each learner, in one cell. */
function ahead(rows: readonly Row[], cell: number, other: PolicyName): number[] {
  const theirs = recallIn(rows, cell, other)
  return recallIn(rows, cell, 'ours').map((it, learner) => it - theirs[learner]!)
}

/** The same on average over all cells. */
function aheadOnAverage(rows: readonly Row[], cells: readonly Cell[], other: PolicyName): number[] {
  const each = cells.map((_, at) => ahead(rows, at, other))
  return rows.map((_, learner) => mean(each.map(it => it[learner]!)))
}

function differenceTable(
  rows: readonly Row[],
  cells: readonly Cell[],
  others: readonly PolicyName[],
): string {
  const shown = (list: readonly number[]) => `${points(mean(list))} ± ${percent(margin(list))}`
  return table(
    ['', ...others],
    [
      ...cells.map((cell, at) => [named(cell), ...others.map(it => shown(ahead(rows, at, it)))]),
      ['mean', ...others.map(it => shown(aheadOnAverage(rows, cells, it)))],
    ],
  )
}

function minutesTable(
  rows: readonly Row[],
  cells: readonly Cell[],
  others: readonly PolicyName[],
): string {
  const recall = (it: Cell, policy: PolicyName) => mean(recallIn(rows, cells.indexOf(it), policy))
  const body = cells
    .filter(it => it.minutes < Math.max(...cells.map(cell => cell.minutes)))
    .map(cell => {
      const row = cells.filter(it => it.days === cell.days)
      const goal = recall(cell, 'ours')
      return [
        named(cell),
        ...others.map(policy =>
          minutesFor(
            goal,
            row.map(it => ({ minutes: it.minutes, recall: recall(it, policy) })),
          ),
        ),
      ]
    })
  return table(['ours with', ...others], body)
}

/** Minutes with which a policy reaches a recall, from what it reaches with some. */
export function minutesFor(
  goal: number,
  reached: readonly { readonly minutes: number; readonly recall: number }[],
): string {
  const [first] = reached
  if (first !== undefined && goal <= first.recall) {
    return goal === first.recall ? `${first.minutes}` : `< ${first.minutes}`
  }
  for (const [at, to] of reached.entries()) {
    const from = reached[at - 1]
    if (from === undefined || goal > to.recall) continue
    const share = (goal - from.recall) / (to.recall - from.recall)
    return (from.minutes * (to.minutes / from.minutes) ** share).toFixed(0)
  }
  return `> ${reached.at(-1)?.minutes}`
}

/** How near the forecast of ours comes to what it says it will. */
function expectations(rows: readonly Row[], cells: readonly Cell[]): string {
  const errors = (which: number) =>
    cells.flatMap((_, at) =>
      rows.flatMap(it => {
        const { recall, expected } = it[at]!['ours']!
        return expected[which] === undefined ? [] : [expected[which] - recall[0]!]
      }),
    )
  const said = (when: string, list: readonly number[]) =>
    `${when} the forecast is ${percent(mean(list.map(Math.abs)))} points off, ${points(mean(list))} on average`
  return `Of ours: ${said('before the first question', errors(0))}; ${said('when half of the days are over', errors(1))}. Learners then go on to miss days, which a forecast of keeping to the plan leaves out.`
}

export interface Verdict {
  readonly holds: boolean
  readonly text: string
}

/** What was promised, and whether it came out so. */
export function verdicts(
  rows: readonly Row[],
  cells: readonly Cell[],
  policies: readonly PolicyName[],
): Verdict[] {
  const rivals = policies.filter(it => it !== 'ours' && it !== 'oracle')
  const behind = rivals.flatMap(rival =>
    cells.flatMap((cell, at) => {
      const list = ahead(rows, at, rival)
      const least = { rival, cell, points: mean(list), beyond: mean(list) + margin(list) < 0 }
      return [least]
    }),
  )
  const worse = behind.filter(it => it.beyond)
  const closest = behind.reduce((a, b) => (b.points < a.points ? b : a))
  const [overFsrs, underOracle] = (['FSRS 0.90 tuned', 'oracle'] as const).map(it =>
    aheadOnAverage(rows, cells, it),
  ) as [number[], number[]]
  // The better of both in each cell, for those who would let new questions come before what is due.
  const either = cells.map((_, at) =>
    (['FSRS 0.90 tuned', 'FSRS 0.90 tuned, new before due'] as const)
      .filter(it => policies.includes(it))
      .map(it => ahead(rows, at, it))
      .reduce((a, b) => (mean(b) < mean(a) ? b : a)),
  )
  const overEither = rows.map((_, learner) => mean(either.map(it => it[learner]!)))
  const beforeDue = `; were new questions allowed before what is due where that is better, ${points(mean(overEither))} ± ${percent(margin(overEither))}`
  return [
    {
      holds: worse.length === 0,
      text:
        `ours is at least as good as every other policy but the oracle in every cell; closest is ${closest.rival} (${named(closest.cell)}): ${points(closest.points)}` +
        worse
          .map(it => `; worse than ${it.rival} (${named(it.cell)}): ${points(it.points)}`)
          .join(''),
    },
    {
      holds: mean(overFsrs) >= 0.07,
      text: `at least 7 points better on average than FSRS 0.90 tuned: ${points(mean(overFsrs))} ± ${percent(margin(overFsrs))}${beforeDue}`,
    },
    {
      holds: mean(underOracle) >= -0.03,
      text: `at most 3 points under the oracle on average: ${points(mean(underOracle))} ± ${percent(margin(underOracle))}`,
    },
  ]
}
