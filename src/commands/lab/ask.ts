import type { Bank } from '../../bank/bank.ts'
import type { LabQuestion } from '../../bank/model.ts'
import { tally } from '../../bank/parts.ts'
import { Exit, UserError } from '../../errors.ts'
import type { Lab, Run } from '../../labs/lab.ts'
import { type Posed, posedAs } from '../../labs/posed.ts'
import type { Computed } from '../../labs/way.ts'
import type { Queued } from '../../memory/queue.ts'
import { seeded } from '../../random.ts'
import { topicOf } from '../../view/lab.ts'
import type { World } from '../../world.ts'
import type { LabOptions, NamedLab } from '../lab.ts'
import { openBanks, type Printing, screenFor } from '../output.ts'
import { keeping, keepingNothing } from '../sitting/keep.ts'
import { talkWith } from '../sitting/talk.ts'
import { sit } from '../sitting.ts'

/**
 * Asks all that tells one rule from another in a run, or the question that was named. The answers are kept, as a sitting that does
 * not count for memory: the numbers were chosen, and maybe looked at. `exact` is the named question as its seed computed it.
 */
export async function askAbout(
  world: World,
  { lab, question }: NamedLab,
  run: Run,
  exact: Computed | undefined,
  options: LabOptions,
): Promise<void> {
  const { format } = options
  const screen = screenFor(world, options as Printing)
  if (format !== 'jsonl' && !screen.interactive && !screen.plain) {
    throw new UserError('"--ask" asks questions, so it needs a terminal', {
      hint: `quiz lab ${lab.id} --ask --format jsonl asks without one; without --ask it prints the run`,
      exit: Exit.problem,
    })
  }
  const bank = await openBanks(world, options as Printing)
  const seed = options.seed ?? world.seed()
  const posed = new Map<string, Posed>()
  for (const way of question === undefined ? Object.keys(lab.questions) : [question.ask]) {
    const computed = exact ?? run.ask(way, seeded(seed, lab.id, way))
    if (computed === undefined) continue
    const place = question ?? placeOf(bank, lab, way)
    posed.set(place.id, posedAs(place, lab, computed))
  }
  if (posed.size === 0) {
    throw new UserError('with these numbers no two misconceptions differ from what happens', {
      hint: `quiz lab ${lab.id} --seed 1 --ask draws numbers that tell`,
      exit: Exit.problem,
    })
  }
  const queue = [...posed.keys()].map((id): Queued => ({ question: id, why: 'lab' }))
  const talk = await talkWith(world, bank, format === 'jsonl' ? format : 'text', screen)
  await sit(world, {
    queue,
    seed,
    exam: false,
    talk,
    kept: options.dry ? keepingNothing : keeping(world, 'lab'),
    beginning: {
      questions: queue.length,
      seed,
      mode: 'lab',
      kept: !options.dry,
      why: tally(queue.map(it => it.why)),
    },
    // The numbers stay, so there is only one way to ask.
    pose: async id => posed.get(id)!,
    missed: () => ({}),
  })
}

/** Where a question of a lab stands: at the first one of the bank that asks just this, else in the topic of the lab. */
function placeOf(
  bank: Bank,
  lab: Lab,
  way: string,
): Pick<LabQuestion, 'id' | 'topic' | 'concepts' | 'level' | 'sources'> {
  const topic = topicOf(lab)
  const ids = [...bank.candidates()].flatMap(it => (it.kind === 'lab' ? [it.id] : []))
  const own = bank
    .questions(ids)
    .find((it): it is LabQuestion => it.kind === 'lab' && it.lab === lab.id && it.ask === way)
  return (
    own ?? {
      id: `${topic}/${lab.id}-${way}`,
      topic,
      concepts: [...lab.concepts],
      level: 'apply',
      sources: [],
    }
  )
}
