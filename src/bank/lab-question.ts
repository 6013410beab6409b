import { complaint } from '../labs/complaint.ts'
import { drawn, type Lab, type Within } from '../labs/lab.ts'
import type { Value } from '../labs/parameters.ts'
import { said } from '../labs/said.ts'
import { commandOf, parsed } from '../labs/typed.ts'
import { nearest } from '../nearest.ts'
import type { Drafted } from './draft.ts'
import type { ConceptLab } from './model.ts'
import type { Problem } from './problem.ts'
import type { WrittenQuestion } from './schema.ts'

/** Simulations by name. */
export type Labs = ReadonlyMap<string, Lab>

type Written = Extract<WrittenQuestion, { kind: 'lab' }>

/** What a lab question draws its parameters from, and what is wrong with that. */
export interface Understood {
  readonly lab?: Lab
  readonly within?: Within
  readonly problems: readonly Problem[]
}

/** How many seeds have to draw something. */
const TRIED = 10

/** Understands a lab question; without problems, its `lab` can compute it. */
export function understood(question: Drafted<Written>, labs: Labs): Understood {
  // Lint asks and then compilation does, and to try it takes a while.
  const known = KNOWN.get(question.written)
  if (known?.labs === labs) return known
  const found = { ...understand(question, labs), labs }
  KNOWN.set(question.written, found)
  return found
}

const KNOWN = new WeakMap<Written, Understood & { readonly labs: Labs }>()

function understand({ written, problem }: Drafted<Written>, labs: Labs): Understood {
  const lab = labs.get(written.lab)
  if (lab === undefined) {
    const message = `there is no lab "${written.lab}"`
    return {
      problems: [problem(['lab'], 'lab/unknown', message, meant(written.lab, [...labs.keys()]))],
    }
  }
  const ways = Object.keys(lab.questions)
  if (!ways.includes(written.ask)) {
    const message = `the lab "${written.lab}" has no question "${written.ask}"`
    return { problems: [problem(['ask'], 'lab/unknown', message, meant(written.ask, ways))] }
  }
  const within: Record<string, readonly Value[]> = {}
  const problems: Problem[] = []
  for (const [name, given] of Object.entries(written.with ?? {})) {
    const parameter = Object.hasOwn(lab.parameters, name) ? lab.parameters[name] : undefined
    if (parameter === undefined || !('drawn' in parameter)) {
      const known = Object.entries(lab.parameters).flatMap(([it, p]) => ('drawn' in p ? [it] : []))
      const message =
        parameter === undefined
          ? `the lab "${written.lab}" has no parameter "${name}"`
          : `the lab works "${name}" out of its other parameters`
      problems.push(problem(['with', name], 'lab/with', message, meant(name, known)))
      continue
    }
    const values = (typeof given === 'string' ? [given] : given).map(it => parsed(parameter, it))
    const wrong = values.map(it => complaint(parameter, it)).find(it => it !== undefined)
    if (wrong !== undefined) {
      const usual = `write values such as ${(parameter.drawn ?? []).join(', ')}`
      problems.push(problem(['with', name], 'lab/with', `${name} ${wrong}`, usual))
    }
    within[name] = values as Value[]
  }
  if (problems.length > 0) return { problems }
  const narrowed = written.with === undefined ? {} : { within }
  for (let seed = 0; seed < TRIED; seed++) {
    if (drawn(lab, written.ask, seed, within) !== undefined) continue
    const message = 'with these values no two misconceptions can be told from the right answer'
    return { problems: [problem(['with'], 'lab/untelling', message, 'allow more values')] }
  }
  return { lab, ...narrowed, problems: [] }
}

/** The labs about a concept, with what the first of them does. */
export function labsAbout(concept: string, labs: Labs): ConceptLab[] {
  const main = [...labs.values()].filter(it => it.concepts[0] === concept)
  const others = [...labs.values()].filter(it => it.concepts.slice(1).includes(concept))
  return [...main, ...others].map(({ id, title, parameters, example, run }, index) => {
    if (index > 0) return { id, title }
    const { picture, result } = run(example)
    const command = commandOf({ id, parameters }, example)
    return {
      id,
      title,
      run: [
        { type: 'code', text: `$ ${command}\n\n${picture}` },
        { type: 'paragraph', text: said(`${result}.`) },
      ],
    }
  })
}

function meant(word: string, known: readonly string[]): string {
  const [near] = nearest(word, known, 1)
  return near === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean "${near}"?`
}
