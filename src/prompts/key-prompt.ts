import { createPrompt, type KeypressEvent, useKeypress, useState } from '@inquirer/core'
import type { Confidence, Heard, Wish } from '../kinds/ask.ts'
import {
  confidenceHelp,
  confidenceHint,
  confidenceLeft,
  heardWith,
  isTurn,
  turned,
} from './confidence.ts'
import { crop } from './crop.ts'
import type { Key, Keyed } from './keyed.ts'
import { complaintLines, type Hint, type Look, longHelp, shortHelp } from './look.ts'
import { type Setup, useEnd } from './setup.ts'
import { NOTHING_TO_UNDO, WISHED } from './wishes.ts'

interface Config extends Setup {
  readonly keyed: Keyed<unknown>
}

interface Now {
  readonly state: unknown
  readonly help: boolean
  readonly confidence: Confidence | undefined
  readonly complaint?: string
  readonly heard?: Heard
}

const HIDE_CURSOR = '\u001b[?25l'

const WISHES: ReadonlyMap<Key, Wish> = new Map([
  ['u', 'undo'],
  ['s', 'skip'],
  ['q', 'quit'],
  ['escape', 'quit'],
])

/** Asks with single keys; what they mean is the business of `keyed`. */
export const keyPrompt = createPrompt<Heard, Config>((config, done) => {
  const { keyed, look, canUndo } = config
  const [now, become] = useState<Now>({
    state: keyed.start,
    help: false,
    confidence: config.confidence,
  })
  useEnd(config.over)

  function finish(heard: Heard, state: unknown) {
    become({ ...now, state, help: false, heard })
    if ('answer' in heard ? keyed.taken(state, look()).length === 0 : !keyed.isQuestion) {
      config.leaveNothing()
    }
    done(heard)
  }

  useKeypress((event, readline) => {
    readline.clearLine(0)
    const key = keyOf(event)
    if (now.heard || key === undefined) return
    const { state, help, confidence } = now
    const still = { state, help, confidence }
    if (keyed.isQuestion && isTurn(event)) {
      return become({ ...still, confidence: turned(confidence, event) })
    }

    const pressed = keyed.press(state, key)
    if (pressed) {
      if (pressed.answer === undefined) return become({ ...still, state: pressed.state })
      const complaint = config.complaint(pressed.answer)
      if (complaint === undefined) {
        return finish(heardWith(pressed.answer, confidence), pressed.state)
      }
      return become({ ...still, state: pressed.state, complaint })
    }
    const wish = WISHES.get(key)
    if (wish === 'undo' && !canUndo) return become({ ...still, complaint: NOTHING_TO_UNDO })
    if (wish === 'skip' && !keyed.isQuestion) return
    if (wish) return finish({ wish }, state)
    if (key === '?') return become({ ...still, help: !help })
  })

  return draw(config, now, look())
})

function draw({ keyed, canUndo }: Config, now: Now, look: Look): string {
  const { state, heard, confidence } = now
  if (heard) {
    if ('answer' in heard) {
      return [...keyed.taken(state, look), ...confidenceLeft(look, heard)].join('\n')
    }
    return `${look.paint(look.sign.pointer, 'accent')} ${look.paint(WISHED[heard.wish], 'dim')}`
  }
  const wishes: Hint[] = [
    ...(canUndo ? [['u', now.help ? 'take the last answer back' : 'undo'] as const] : []),
    ...(keyed.isQuestion ? [['s', now.help ? 'skip this question' : 'skip'] as const] : []),
    now.help ? ['q esc', 'end this sitting'] : ['q', 'quit'],
  ]
  const rated = now.help ? confidenceHelp : confidenceHint
  const sure = keyed.isQuestion ? [rated(look, confidence)] : []
  const help = now.help
    ? longHelp(look, [...keyed.help(look), ...sure, ...wishes, ['?', 'less help']])
    : shortHelp(
        look,
        [...keyed.hints(state, look), ...sure],
        keyed.isQuestion ? [...wishes, MORE] : wishes,
      )
  const complaint = now.complaint === undefined ? [] : complaintLines(look, now.complaint)
  const foot = [...complaint, ...help]

  const { blocks, active } = keyed.show(state, look)
  if (blocks.length === 0) return `${foot.join('\n')}${HIDE_CURSOR}`
  const room = (look.rows ?? Number.POSITIVE_INFINITY) - foot.length - 2
  return `${[...crop(blocks, active, room, look), '', ...foot].join('\n')}${HIDE_CURSOR}`
}

const MORE: Hint = ['?', 'help']

/** Undefined for chords, which are readline's or nobody's. */
function keyOf(event: KeypressEvent): Key | undefined {
  const { name, ctrl, meta, sequence } = event as KeypressEvent & {
    name?: string
    meta?: boolean
    sequence?: string
  }
  if (name === 'escape') return name
  if (ctrl || meta) return undefined
  if (name === 'return') return 'enter'
  return name ?? sequence?.toLowerCase()
}
