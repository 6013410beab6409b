import { Interrupted } from '../errors.ts'

/** What a terminal in raw mode sends for ctrl-c. */
const CTRL_C = '\u0003'

/**
 * Reads line after line; a line that came early waits for the next call. Rejects with `Interrupted` once there is no
 * more. Between two calls the input is paused and has no listener of ours.
 */
export function lineReader(input: NodeJS.ReadableStream): () => Promise<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let ended = false

  function take(): string | undefined {
    const end = rest.indexOf('\n')
    if (end === -1 && !(ended && rest !== '')) return undefined
    const line = end === -1 ? rest : rest.slice(0, end)
    rest = end === -1 ? '' : rest.slice(end + 1)
    if (line.includes(CTRL_C)) throw new Interrupted()
    return line.replace(/\r$/, '')
  }

  return async () => {
    for (;;) {
      // The end can come while nobody listens, with the last chunk still unread here.
      ended ||= isOver(input)
      const line = take()
      if (line !== undefined) return line
      if (ended) throw new Interrupted()
      const chunk = await nextChunk(input)
      if (chunk === undefined) ended = true
      else rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
      if (rest.endsWith(CTRL_C)) throw new Interrupted()
    }
  }
}

/** Whether nothing more will ever come. */
export function isOver(input: NodeJS.ReadableStream): boolean {
  const { readableEnded, destroyed } = input as { readableEnded?: boolean; destroyed?: boolean }
  return readableEnded === true || destroyed === true
}

/** Calls back when the input ends, closes or fails; gives back how to stop listening. */
export function onceOver(input: NodeJS.ReadableStream, over: () => void): () => void {
  const events = ['end', 'close', 'error']
  for (const event of events) input.on(event, over)
  return () => {
    for (const event of events) input.removeListener(event, over)
  }
}

/** What comes next, or undefined at the end. */
function nextChunk(input: NodeJS.ReadableStream): Promise<string | Uint8Array | undefined> {
  return new Promise(resolve => {
    const settle = (chunk?: string | Uint8Array) => {
      input.pause()
      input.removeListener('data', settle)
      stopWatching()
      resolve(chunk)
    }
    const stopWatching = onceOver(input, () => settle())
    input.on('data', settle)
    input.resume()
  })
}
