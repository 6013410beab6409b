import type { Bank } from '../bank/bank.ts'
import { cite } from '../bank/cite.ts'
import type { Citation, LabQuestion } from '../bank/model.ts'
import { Exit, UserError } from '../errors.ts'
import { allLabs, labNamed, labNames } from '../labs/index.ts'
import { drawn, type Lab, scenario } from '../labs/lab.ts'
import type { Value } from '../labs/parameters.ts'
import { nearest } from '../nearest.ts'
import { labDoc, labsDoc, topicOf } from '../view/lab.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print } from './output.ts'

export interface LabOptions extends Omit<Printing, 'format'> {
  readonly format?: Printing['format'] | 'jsonl'
  readonly seed?: number
  readonly ask?: boolean
  /** Keep no answers. */
  readonly dry?: boolean
}

/** A lab by its name, or by that of a question that it computes. */
export interface NamedLab {
  readonly lab: Lab
  readonly question?: LabQuestion
}

/** `quiz lab`: all labs, by topic. */
export async function listLabs(world: World, options: LabOptions): Promise<void> {
  const printing = printingOf(options)
  const labs = [...(await allLabs()).values()]
  const bank = await openBanks(world, printing)
  const topics = bank.topics().map(it => ({
    id: it.id,
    title: it.title,
    labs: labs.filter(lab => topicOf(lab) === it.id),
  }))
  await print(
    world,
    printing,
    () => labsDoc(topics.filter(it => it.labs.length > 0)),
    async () => {
      const { labData } = await import('./data/lab.ts')
      return topics.flatMap(it => it.labs.map(labData))
    },
    'Labs',
  )
}

/** The lab that is meant. Throws `UserError` with the nearest names when there is none. */
export async function namedLab(world: World, name: string, options: LabOptions): Promise<NamedLab> {
  const lab = await labNamed(name)
  if (lab !== undefined) return { lab }
  if (name.includes('/')) {
    const bank = await openBanks(world, options as Printing)
    const [question] = bank.questions([name])
    const own = question?.kind === 'lab' ? await labNamed(question.lab) : undefined
    if (question?.kind === 'lab' && own !== undefined) return { lab: own, question }
    throw new UserError(
      question === undefined
        ? `there is no question called "${name}"`
        : `the question "${name}" is written, not computed by a lab`,
      { hint: 'quiz lab lists the labs' },
    )
  }
  const near = nearest(name, labNames)
  throw new UserError(`there is no lab called "${name}"`, {
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'quiz lab lists them all',
  })
}

/** `quiz lab NAME`: runs it with the numbers given, the others drawn from the seed, or else those of its example. */
export async function lab(
  world: World,
  { lab, question }: NamedLab,
  given: Readonly<Record<string, Value>>,
  options: LabOptions,
): Promise<void> {
  // A question is drawn with dice of its own, so a seed shows it as it was asked.
  const seed = options.seed ?? (question === undefined ? undefined : world.seed())
  const posed = question && drawn(lab, question.ask, seed ?? 0, question.with)
  const base = posed?.run.values ?? (seed === undefined ? lab.example : scenario(lab, seed))
  const values = { ...base, ...given }
  const wrong = lab.check(values)
  if (wrong !== undefined) {
    throw new UserError(`${lab.id}: ${wrong}`, {
      hint: `quiz lab ${question?.id ?? lab.id} --help tells what it takes`,
    })
  }
  const run = lab.run(values)
  const exact = Object.keys(given).length === 0 ? posed?.computed : undefined
  if (options.ask) {
    const { askAbout } = await import('./lab/ask.ts')
    return askAbout(world, { lab, ...(question && { question }) }, run, exact, options)
  }
  const printing = printingOf(options)
  const bank = await openBanks(world, printing)
  await print(
    world,
    printing,
    () => labDoc({ lab, run, sources: sourcesOf(lab, bank), ...(exact && { asked: exact.asked }) }),
    async () => {
      const { runData } = await import('./data/lab.ts')
      return runData(lab, run, sourcesOf(lab, bank), seed)
    },
    lab.title,
  )
}

function sourcesOf(lab: Lab, bank: Bank): Citation[] {
  const registry = new Map(
    bank.stores.flatMap(it => it.sources()).map(entry => [entry.id, entry] as const),
  )
  return lab.sources.map(it => cite(it, registry))
}

/** JSON lines are a conversation, and there is one only with `--ask`. Throws `UserError` otherwise. */
function printingOf({ format, ...rest }: LabOptions): Printing {
  if (format === 'jsonl') {
    throw new UserError('"--format jsonl" asks questions, so it goes with "--ask"', {
      hint: 'quiz lab NAME --ask --format jsonl, or --format json for the data',
      exit: Exit.usage,
    })
  }
  return { ...rest, ...(format !== undefined && { format }) }
}
