import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { openBank } from '../../src/bank/bank.ts'
import { folderStore } from '../../src/bank/store.ts'
import { examOf, type Weighting } from './exam.ts'
import { CELLS, type Row, row, type Setting } from './grid.ts'
import { KNOWN } from './learner.ts'
import { POLICIES, type PolicyName } from './policies/index.ts'
import { report } from './table.ts'

/**
 * `npm run simulate -- [--learners N] [--seed N] [--weights core|alike|none] [--known=LOGIT] [--quick]` plays learners against the
 * bank of the build and prints how the policies fared, in Markdown. The same arguments print the same.
 */

const policies = Object.keys(POLICIES) as PolicyName[]

/** What a thread is told: where the bank is, and which learners are its own. */
interface Share extends Setting {
  readonly weights: Weighting
  readonly first: number
  readonly step: number
  readonly learners: number
}

if (isMainThread) {
  await main().catch((error: Error) => {
    process.stderr.write(`simulate: ${error.message}\n`)
    process.exitCode = 2
  })
} else work(workerData as Share)

function work({ weights, first, step, learners, ...setting }: Share): void {
  const exam = examOf(openBank([folderStore('dist/bank')]), weights)
  for (let id = first; id < learners; id += step) {
    parentPort!.postMessage({ id, row: row(exam, id, setting, CELLS, policies) })
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      learners: { type: 'string' },
      seed: { type: 'string', default: '1' },
      weights: { type: 'string', default: 'core' },
      known: { type: 'string', default: String(KNOWN) },
      quick: { type: 'boolean', default: false },
    },
  })
  const learners = Number(values.learners ?? (values.quick ? 20 : 200))
  const [seed, known] = [Number(values.seed), Number(values.known)]
  const weights = (['core', 'alike', 'none'] as const).find(it => it === values.weights)
  if (!(Number.isInteger(learners) && learners >= 2)) throw new Error('--learners: at least 2')
  if (!Number.isInteger(seed)) throw new Error('--seed: a whole number')
  if (!Number.isFinite(known)) throw new Error('--known: a number')
  if (weights === undefined) throw new Error('--weights: core, alike or none')

  const rows: Row[] = new Array(learners)
  const threads = Math.min(availableParallelism(), learners)
  let done = 0
  await Promise.all(
    Array.from({ length: threads }, (_, first) => {
      const share: Share = { weights, first, step: threads, learners, seed, known }
      const worker = new Worker(new URL(import.meta.url), { workerData: share })
      worker.on('message', ({ id, row }: { id: number; row: Row }) => {
        rows[id] = row
        if (process.stderr.isTTY) process.stderr.write(`\r${++done} of ${learners} learners`)
      })
      return new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve))
    }),
  )
  if (process.stderr.isTTY) process.stderr.write('\n')
  const answer = [
    `Bank: ${examOf(openBank([folderStore('dist/bank')]), weights).questions.length} questions.`,
    `Repeat it: npm run simulate -- --learners ${learners} --seed ${seed} --weights ${weights} --known=${known}`,
  ].join(' ')
  process.stdout.write(`${answer}\n\n${report(rows, CELLS, policies)}\n`)
}
