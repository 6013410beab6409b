import { createPrompt, isEnterKey, useKeypress, useState } from '@inquirer/core'
import type { Ask, Confidence, Heard } from '../kinds/ask.ts'
import { visible } from '../visible.ts'
import {
  confidenceHelp,
  confidenceHint,
  confidenceLeft,
  heardWith,
  isTurn,
  turned,
} from './confidence.ts'
import { asTyped, complaintLines, type Hint, hang, type Look, longHelp, shortHelp } from './look.ts'
import { type Setup, useEnd } from './setup.ts'
import { commandIn, NOTHING_TO_UNDO, WISHED } from './wishes.ts'

type TypedAsk = Extract<Ask, { type: 'line' | 'number' | 'speak' }>

interface Config extends Setup {
  readonly ask: TypedAsk
}

interface Now {
  readonly help: boolean
  readonly confidence: Confidence | undefined
  readonly complaint?: string
  readonly heard?: Heard
}

/** Asks for a line that can be edited until enter; words with a colon are wishes. */
export const typedPrompt = createPrompt<Heard, Config>((config, done) => {
  const [now, become] = useState<Now>({ help: false, confidence: config.confidence })
  const [line, setLine] = useState('')
  useEnd(config.over)

  function finish(heard: Heard) {
    become({ ...now, help: false, heard })
    done(heard)
  }

  useKeypress((event, readline) => {
    if (now.heard) return
    const { help, confidence } = now
    if (isTurn(event)) {
      // Readline has put it into the line, wherever the cursor is; shift-tab it passes over.
      if (readline.line !== line) backspace(readline)
      return become({ help, confidence: turned(confidence, event) })
    }
    if (!isEnterKey(event)) {
      if (readline.line !== line) become({ help, confidence })
      return setLine(readline.line)
    }
    // Readline has taken the line away by now; `line` still has it.
    const command = commandIn(line, true)
    const complaint =
      command === 'undo' && !config.canUndo
        ? NOTHING_TO_UNDO
        : command === undefined
          ? config.complaint(line)
          : undefined
    if (complaint !== undefined) {
      become({ help, confidence, complaint })
      if (command) setLine('')
      else readline.write(line)
    } else if (command === 'help') {
      become({ help: !help, confidence })
      setLine('')
    } else {
      finish(command ? { wish: command } : heardWith(line, confidence))
    }
  })

  const look = config.look()
  if (now.heard) return left(config.ask, now.heard, look)
  return [`${before(config.ask, look)}${asTyped(line)}`, below(config, now, look).join('\n')]
})

/** Takes out what stands left of the cursor, which stays where it is. */
function backspace(readline: object): void {
  const { write } = readline as { write(text: null, key: { name: string }): void }
  write.call(readline, null, { name: 'backspace' })
}

/** What stands before the cursor. */
function before(ask: TypedAsk, look: Look): string {
  const unit = ask.type === 'number' && ask.unit ? `${visible(ask.unit)} ` : ''
  return `${look.paint(unit, 'dim')}${look.paint(look.sign.pointer, 'accent')} `
}

function below({ ask, canUndo }: Config, now: Now, look: Look): readonly string[] {
  const wishes: Hint[] = now.help
    ? [
        ...(canUndo ? [[':u :undo', 'take the last answer back'] as const] : []),
        [':s :skip', 'skip this question'],
        [':q :quit', 'end this sitting'],
        [':? :help', 'less help'],
      ]
    : [
        ...(canUndo ? [[':u', 'undo'] as const] : []),
        [':s', 'skip'],
        [':q', 'quit'],
        [':?', 'help'],
      ]
  const complaint = now.complaint === undefined ? [] : complaintLines(look, now.complaint)
  const enter: Hint = ['enter', ENTER[ask.type]]
  const help = now.help
    ? longHelp(look, [enter, confidenceHelp(look, now.confidence), ...wishes])
    : shortHelp(look, [enter, confidenceHint(look, now.confidence)], wishes)
  return [...complaint, ...help]
}

const ENTER: Readonly<Record<TypedAsk['type'], string>> = {
  line: 'answer',
  number: 'answer',
  speak: 'when you have said it (or type it)',
}

/** What remains on screen. */
function left(ask: TypedAsk, heard: Heard, look: Look): string {
  const pointer = `${look.paint(look.sign.pointer, 'accent')} `
  if ('wish' in heard) return `${pointer}${look.paint(WISHED[heard.wish], 'dim')}`
  const said = String(heard.answer).trim()
  const unit = ask.type === 'number' && ask.unit ? ` ${ask.unit}` : ''
  const answer =
    said === ''
      ? [`${pointer}${look.paint('said out loud', 'dim')}`]
      : hang(look, pointer, `${said}${unit}`)
  return [...answer, ...confidenceLeft(look, heard)].join('\n')
}
