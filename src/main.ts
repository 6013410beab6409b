import { fileURLToPath } from 'node:url'
import { main } from './cli.ts'
import { realWorld } from './world.ts'

/** What bin/quiz.js runs: quiz in the real world, with the banks that stand beside the bundle. */
export async function run(argv: readonly string[]): Promise<number> {
  return main(argv, await realWorld(fileURLToPath(new URL('./bank', import.meta.url))))
}
