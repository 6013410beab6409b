import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { main } from '../src/cli.ts'
import { type ExitCode, Interrupted } from '../src/errors.ts'
import type { Ask, Confidence, Heard, Wish } from '../src/kinds/ask.ts'
import type { AskOptions } from '../src/prompts.ts'
import type { Screen } from '../src/screen.ts'
import type { World } from '../src/world.ts'
import type { Banks } from './builtin.ts'

/** A terminal of 80 columns without colour. */
export const TERMINAL: Screen = {
  terminal: true,
  interactive: true,
  columns: 80,
  colors: 0,
  unicode: true,
  links: false,
  plain: false,
}

/** Standard output goes to a file or a pipe. */
export const PIPE: Screen = { ...TERMINAL, terminal: false, interactive: false }

/** What a scripted person does when asked: gives an answer worked out from what is asked, wishes for something, or leaves. */
export type Act = Answers | { does: Answers; confidence: Confidence } | { wish: Wish } | 'ctrl-c'

type Answers = (ask: Ask, options?: AskOptions) => unknown

export interface Pretence {
  readonly screen?: Screen
  readonly bank?: keyof Banks
  /** A folder with another compiled bank in its place. */
  readonly builtin?: string
  /** What the person does, prompt by prompt; afterwards they press ctrl-c. */
  readonly acts?: readonly Act[]
  /** Lines on standard input; or who writes them, told what was said since the last one. */
  readonly input?: readonly string[] | ((said: string) => string)
  /** Instants that the clock shows, one after the other; the last one stays. Or the clock itself. */
  readonly clock?: readonly string[] | (() => Date)
  readonly cwd?: string
  readonly config?: string
  /** Where the log is. */
  readonly data?: string
  readonly cache?: string
}

export interface Outcome {
  readonly exit: ExitCode
  readonly out: string
  readonly err: string
}

/** Tokens given so far: no two sittings of a test share one. */
let tokens = 0

/** Runs quiz in a pretended world and says what a person would have seen. */
export async function quiz(
  argv: string | readonly string[],
  pretence: Pretence = {},
): Promise<Outcome> {
  const {
    screen = PIPE,
    bank = 'small',
    acts = [],
    input = [],
    clock = ['2026-11-21T10:00:00Z'],
  } = pretence
  let out = ''
  let err = ''
  const left = [...acts]
  const instants = typeof clock === 'function' ? [] : [...clock]
  const home = temporary()
  const world: World = {
    out(text) {
      out += text
    },
    err(text) {
      err += text
    },
    screen,
    prompter:
      async () =>
      async (ask: Ask, options?: AskOptions): Promise<Heard> => {
        const act = left.shift() ?? 'ctrl-c'
        if (act === 'ctrl-c') throw new Interrupted()
        if (typeof act === 'function') return { answer: act(ask, options) }
        return 'does' in act ? { answer: act.does(ask, options), confidence: act.confidence } : act
      },
    async *lines() {
      if (typeof input !== 'function') return yield* input
      for (let heard = 0; ; ) {
        const said = out.slice(heard)
        heard = out.length
        yield input(said)
      }
    },
    now: () =>
      typeof clock === 'function'
        ? clock()
        : new Date((instants.length > 1 ? instants.shift() : instants[0]) ?? 0),
    offset: () => 60,
    seed: () => 42,
    token: () => `token${String(++tokens).padStart(11, '0')}`,
    host: 'Desk.local',
    paths: {
      builtin: pretence.builtin ?? inject('banks')[bank],
      config: pretence.config ?? join(home, 'config'),
      cache: pretence.cache ?? join(home, 'cache'),
      data: pretence.data ?? join(home, 'data'),
      cwd: pretence.cwd ?? home,
    },
  }
  const exit = await main(typeof argv === 'string' ? split(argv) : argv, world)
  return { exit, out, err }
}

/** A folder that is gone after the test. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quiz-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Words as a shell splits them: single quotes keep words together. */
function split(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(it => it[1] ?? it[2] ?? '')
}
