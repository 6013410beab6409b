import type { Drafted } from '../draft.ts'
import type { WrittenQuestion } from '../schema.ts'
import { byTopic, ENOUGH, type Rule } from './rule.ts'

/** What a topic as a whole has to offer. */
export const mix: readonly Rule[] = [
  {
    names: ['mix/level', 'mix/kind'],
    check: bank =>
      [...byTopic(bank).values()].flatMap(files => {
        const questions = files.flatMap(it => it.questions)
        const topic = files[0]!.topic!
        if (questions.length < ENOUGH) return []
        const share = (test: (it: Drafted<WrittenQuestion>) => boolean) =>
          questions.filter(test).length / questions.length
        const percent = (it: number) => `${Math.round(it * 100)} %`
        const recall = share(it => it.written.level === 'recall')
        const analyse = share(it => it.written.level === 'analyse')
        const other = share(it => it.written.kind !== 'choice')
        return [
          ...(recall > 0.4
            ? [
                topic.problem(
                  [],
                  'mix/level',
                  `${percent(recall)} of the questions are recall`,
                  'at most 40 %: turn some into cases to apply the fact to',
                ),
              ]
            : []),
          ...(analyse < 0.15
            ? [
                topic.problem(
                  [],
                  'mix/level',
                  `${percent(analyse)} of the questions are analyse`,
                  'at least 15 %: have something weighed or diagnosed',
                ),
              ]
            : []),
          ...(other < 0.25
            ? [
                topic.problem(
                  [],
                  'mix/kind',
                  `${percent(other)} of the questions are not choice`,
                  'at least 25 %: order, match, text, number, open',
                ),
              ]
            : []),
        ]
      }),
  },
  {
    names: ['concept/untested'],
    check(bank) {
      if (!bank.every(it => it.whole)) return []
      const tested = new Set(
        bank.flatMap(it =>
          it.questions.flatMap(q =>
            q.written.concepts.map(ref => (ref.includes('/') ? ref : `${it.topic?.id}/${ref}`)),
          ),
        ),
      )
      return bank.flatMap(it =>
        it.concepts
          .filter(({ id }) => !tested.has(id))
          .map(({ id, problem }) =>
            problem(
              ['id'],
              'concept/untested',
              `no question tests "${id}"`,
              "ask for it, or name it under a question's concepts",
            ),
          ),
      )
    },
  },
  {
    names: ['sheet/ragged'],
    check: bank =>
      bank.flatMap(it =>
        it.sheets.flatMap(({ written, problem }) =>
          written.rows.flatMap((row, index) =>
            row.length === written.columns.length
              ? []
              : [
                  problem(
                    ['rows', index],
                    'sheet/ragged',
                    `this row has ${row.length} cells, the table ${written.columns.length} columns`,
                    'quote cells that hold a comma',
                  ),
                ],
          ),
        ),
      ),
  },
]
