import { fstatSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import envPaths from 'env-paths'
import { Exit, Interrupted, reasonOf, UserError } from './errors.ts'
import type { Prompt } from './prompts.ts'
import type { Screen } from './screen.ts'

/** The only way out: everything that quiz says, hears, or learns from outside goes through here. */
export interface World {
  out(text: string): void
  err(text: string): void
  /** What standard output can show. */
  readonly screen: Screen
  /** Asks with keys or typed lines, as the screen allows. Rejects with `Interrupted` on ctrl-c and at the end of input. */
  prompter(screen: Screen): Promise<Prompt>
  /** Standard input line by line, for conversations in JSON lines. */
  lines(): AsyncIterable<string>
  now(): Date
  /** How far the person's clock is from UTC at an instant, in minutes; east is positive. */
  offset(at: Date): number
  /** A fresh seed, for when none was asked for. */
  seed(): number
  /** Letters and digits that nobody else was given, on any machine. */
  token(): string
  /** What the machine is called. */
  readonly host: string
  readonly paths: Paths
}

export interface Paths {
  /** The compiled banks that come with quiz. */
  readonly builtin: string
  /** Where the person's own banks are. */
  readonly config: string
  readonly cache: string
  /** What the person has done: not to be lost. */
  readonly data: string
  /** Where the person is. */
  readonly cwd: string
}

type Env = Readonly<Record<string, string | undefined>>

/** The real world. `builtin` is the folder of the compiled banks. */
export async function realWorld(builtin: string): Promise<World> {
  const { env } = process
  // The stream objects of a process cost several milliseconds to make, so they are left alone where nobody needs them.
  const terminal = maybeTerminal(1) && process.stdout.isTTY === true
  const { stdout } = terminal ? process : { stdout: undefined }
  return {
    out: text => write(1, text),
    err(text) {
      try {
        write(2, text)
      } catch {
        // What went wrong cannot be told, and the exit code says it too.
      }
    },
    screen: {
      terminal,
      interactive: terminal && process.stdin.isTTY === true,
      columns: Math.max(20, stdout?.columns ?? 80),
      colors: colors(env, stdout?.getColorDepth(env) ?? 1),
      unicode: speaksUnicode(env, process.platform),
      links: terminal && (await import('supports-hyperlinks')).default.stdout,
      plain: accessible(env),
    },
    async prompter(screen) {
      const { prompter } = await import('./prompts.ts')
      // Without raw mode ctrl-c is a signal: it ends the input, and the prompt that waits for it says so. The listeners
      // stay, or inquirer would take itself for the last one and end the process before the terminal is as it was.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => process.stdin.destroy())
      }
      const prompt = prompter({ input: process.stdin, output: await spoken(terminal) }, screen)
      // Nobody hears the questions any more.
      return async (ask, options) => (closed.has(1) ? { wish: 'quit' } : prompt(ask, options))
    },
    lines,
    now: () => new Date(),
    offset: at => Math.round(-at.getTimezoneOffset()),
    seed: () => Math.floor(Math.random() * 1_000_000),
    token: () => `${letters()}${letters()}`,
    host: hostname(),
    paths: { builtin, ...folders(env), cwd: here(env) },
  }
}

/** Eight letters and digits. Every process gets its own dice from the system's entropy. */
function letters(): string {
  return Math.floor(Math.random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')
}

/** Whether a file descriptor can be a terminal; pipes and files cannot. */
function maybeTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch {
    return false
  }
}

/** Descriptors whose reader went away. */
const closed = new Set<number>()

/** Writes all of a text before it returns. A reader that went away (`| head`) is no error: the rest is not written. */
function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  let from = 0
  while (from < bytes.length && !closed.has(descriptor)) {
    try {
      from += writeSync(descriptor, bytes, from)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The pipe is full and does not wait: let its reader catch up.
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
      else if (code === 'EPIPE' || code === 'EOF' || code === 'EIO') closed.add(descriptor)
      else throw new UserError(`this cannot be written: ${reasonOf(error)}`, { exit: Exit.problem })
    }
  }
}

/** Where prompts write. In a pipe the stream of the process would lag behind what is written at once. */
async function spoken(terminal: boolean): Promise<NodeJS.WritableStream> {
  if (terminal) return process.stdout
  const { Writable } = await import('node:stream')
  return new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      write(1, String(chunk))
      done()
    },
  })
}

/** Where the person is; a folder that was deleted under their feet still has its name. */
function here(env: Env): string {
  try {
    return process.cwd()
  } catch {
    const name = env['PWD']
    return name?.startsWith('/') ? name : '/'
  }
}

/** Standard input line by line; ctrl-c throws `Interrupted`, and leaving early lets the process end. */
async function* lines(): AsyncGenerator<string> {
  const { createInterface } = await import('node:readline')
  const reader = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  let interrupted = false
  const stop = () => {
    interrupted = true
    reader.close()
  }
  // It stays: npx and impatient people send the signal twice, and the summary is still to be said.
  process.on('SIGINT', stop)
  try {
    for await (const line of reader) {
      // Nobody hears the answers any more.
      if (closed.has(1)) break
      yield line
    }
  } finally {
    reader.close()
    process.stdin.destroy()
  }
  if (interrupted) throw new Interrupted()
}

function folders(env: Env): Pick<Paths, 'config' | 'cache' | 'data'> {
  const home = env['QUIZ_HOME']
  if (home !== undefined && home !== '')
    return { config: `${home}/config`, cache: `${home}/cache`, data: `${home}/data` }
  const { config, cache, data } = envPaths('quiz', { suffix: '' })
  return { config, cache, data }
}

/**
 * How many colours there are. NO_COLOR (any value) turns them off, FORCE_COLOR (0 to 3, or true) sets them, as Node and most tools
 * read them; else what the terminal says of itself counts: its colour depth in bits, 1 for no terminal.
 */
export function colors(env: Env, depth: number): Screen['colors'] {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) {
    return forced === '0' || forced === 'false' ? 0 : forced === '2' ? 2 : forced === '3' ? 3 : 1
  }
  const no = env['NO_COLOR']
  if ((no !== undefined && no !== '') || env['TERM'] === 'dumb') return 0
  return depth >= 24 ? 3 : depth >= 8 ? 2 : depth >= 4 ? 1 : 0
}

/** Whether the locale speaks UTF-8. Without any locale set it is taken to: that is how containers come, and they do. */
export function speaksUnicode(env: Env, platform: string): boolean {
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false
  if (platform === 'win32')
    return env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] === 'vscode'
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  return !locale || /utf-?8/i.test(locale)
}

/** Whether static text was asked for: ACCESSIBLE is set, or the terminal cannot be redrawn. */
export function accessible(env: Env): boolean {
  const asked = env['ACCESSIBLE']
  return (asked !== undefined && asked !== '' && asked !== '0') || env['TERM'] === 'dumb'
}
