import { knownOf } from '../bank/bank.ts'
import { compile } from '../bank/compile.ts'
import { bankFiles, readFiles } from '../bank/files.ts'
import { projectBank } from '../bank/load.ts'
import { byPlace } from '../bank/problem.ts'
import { bankJsonSchema } from '../bank/schema.ts'
import { folderStore } from '../bank/store.ts'
import { Exit, type ExitCode, UserError } from '../errors.ts'
import { allLabs } from '../labs/index.ts'
import { problemLines } from '../view/lists.ts'
import { count } from '../view/numbers.ts'
import { visible } from '../visible.ts'
import type { World } from '../world.ts'

export interface LintOptions {
  readonly format?: 'text' | 'json'
  /** Print the JSON Schema of a bank file instead. */
  readonly schema?: boolean
  /** The bank stands alone: it does not build on the built-in ones. */
  readonly alone?: boolean
}

/** `quiz lint`: checks bank files; without a path, the project's bank. Exit code 1 if there is any problem. */
export async function lint(
  world: World,
  paths: readonly string[],
  options: LintOptions,
): Promise<ExitCode> {
  if (options.schema) {
    world.out(`${JSON.stringify(bankJsonSchema(), null, 2)}\n`)
    return Exit.ok
  }
  const { cwd, builtin } = world.paths
  const project = projectBank(cwd)
  const places = paths.length > 0 ? paths : project === undefined ? [] : [project]
  if (places.length === 0) {
    throw new UserError('there is no bank here to check', { hint: 'quiz lint FILE-OR-FOLDER' })
  }
  const named = places.flatMap(path => {
    const files = bankFiles(path, cwd)
    if (files === undefined) {
      throw new UserError(`there is no bank at "${path}"`, {
        hint: 'a bank is a YAML file, or a folder of them',
      })
    }
    if (files.length === 0) {
      throw new UserError(`there is no YAML file in "${path}"`, {
        hint: 'a bank file ends in .yaml',
      })
    }
    return files
  })
  const { files, problems } = readFiles(named)
  const earlier = options.alone ? [] : [folderStore(builtin)]
  const compiled = compile(files, knownOf(earlier, await allLabs()))
  const all = [...problems, ...compiled.problems].toSorted(byPlace)
  if (options.format === 'json') {
    world.out(`${JSON.stringify(all, null, 2)}\n`)
  } else {
    world.out(visible(problemLines(all)))
    const questions = compiled.topics.reduce((sum, it) => sum + it.questions.length, 0)
    const found = all.length === 0 ? 'no problems' : count(all.length, 'problem')
    world.out(`${found} in ${count(named.length, 'file')} with ${count(questions, 'question')}\n`)
  }
  return all.length === 0 ? Exit.ok : Exit.problem
}
