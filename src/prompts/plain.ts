import { type Inline, words } from '../bank/prose.ts'
import type { Ask, Heard, Option } from '../kinds/ask.ts'
import type { AskOptions, Streams } from '../prompts.ts'
import type { Screen } from '../screen.ts'
import { visible } from '../visible.ts'
import { complaintAbout } from './complete.ts'
import { confidenceIn, heardWith } from './confidence.ts'
import { fold } from './fold.ts'
import { COMFORTABLE } from './look.ts'
import { type Parsed, parse } from './parse.ts'
import { commandIn, NOTHING_TO_UNDO } from './wishes.ts'

interface Lines extends Streams {
  readonly nextLine: () => Promise<string>
}

/**
 * Asks with static numbered text and a typed line: nothing is redrawn and nothing is coloured, so it works for screen
 * readers, dumb terminals and pipes. Rejects with `Interrupted` when there are no more lines.
 */
export async function askPlainly(
  ask: Ask,
  options: AskOptions,
  { input, output, nextLine }: Lines,
  screen: Screen,
): Promise<Heard> {
  const say = (line: string) => {
    output.write(`${line}\n`)
  }
  const width = Math.min(screen.columns, COMFORTABLE + 1) - 1
  for (const line of listed(ask).flatMap(([label, text]) => item(label, text, width))) say(line)

  for (;;) {
    output.write(question(ask))
    const line = await nextLine().catch(error => {
      say('')
      throw error
    })
    // A terminal has shown what was typed; a pipe has not.
    if (!(input as { isTTY?: boolean }).isTTY) say(visible(line))

    const command = wishIn(ask, line)
    if (command === 'help') {
      for (const text of help(ask, options)) say(text)
    } else if (command === 'undo' && !options.canUndo) {
      say(capital(NOTHING_TO_UNDO))
    } else if (command) {
      return { wish: command }
    } else {
      const heard = understood(ask, line, options)
      if (!('complaint' in heard)) return heard
      say(capital(visible(heard.complaint)))
    }
  }
}

function understood(
  ask: Ask,
  line: string,
  options: AskOptions,
): Heard | Extract<Parsed, { complaint: string }> {
  const { answer, confidence } =
    ask.type === 'press' ? { answer: line } : confidenceIn(line, isTyped(ask))
  // Where an empty line is an answer too, a word alone would give that one.
  if (confidence !== undefined && answer === '' && ask.type !== 'speak') {
    return { complaint: `"${line.trim()}" goes after an answer, on the same line` }
  }
  const parsed = parse(ask, answer)
  if ('complaint' in parsed) return parsed
  const complaint = complaintAbout(ask, parsed.answer, options)
  if (complaint !== undefined) return { complaint }
  return heardWith(parsed.answer, confidence ?? options.confidence)
}

/** Words are wishes only where no answer can look like them, and a press can be named like a wish. */
function wishIn(ask: Ask, line: string) {
  if (ask.type !== 'press') return commandIn(line, isTyped(ask))
  const typed = line.trim().toLowerCase()
  const command = commandIn(line, false)
  return command === 'skip' || ask.keys.some(it => it.key.toLowerCase() === typed)
    ? undefined
    : command
}

const isTyped = ({ type }: Ask) => type === 'line' || type === 'number' || type === 'speak'

/** What there is to choose from, with what each is called. */
function listed(ask: Ask): readonly (readonly [label: string, text: Inline])[] {
  const numbered = ({ text }: Option, index: number) => [`${index + 1}. `, text] as const
  const lettered = ({ key, text }: Option) => [`${key}. `, text] as const
  switch (ask.type) {
    case 'pick':
    case 'tick':
    case 'arrange':
      return ask.options.map(numbered)
    case 'pair':
      return [...ask.left.map(numbered), ['with', ''], ...ask.right.map(lettered)]
    default:
      return []
  }
}

function item(label: string, text: Inline, width: number): readonly string[] {
  return fold(text, Math.max(8, width - label.length)).map((line, index) =>
    `${index === 0 ? label : ' '.repeat(label.length)}${line.map(run => run.text).join('')}`.trimEnd(),
  )
}

function question(ask: Ask): string {
  switch (ask.type) {
    case 'pick':
      return `Your answer (${ask.many ? 'numbers, such as 1 3' : 'number'}; ? for help): `
    case 'tick':
      return 'Which ones (numbers, such as 1 3, or just enter; ? for help): '
    case 'arrange':
      return 'Your order (all the numbers, such as 2 1 3; ? for help): '
    case 'pair':
      return 'Your pairs (such as 1b 2a; ? for help): '
    case 'line':
      return 'Your answer (:? for help): '
    case 'number':
      return `Your answer (a number${ask.unit ? ` in ${visible(ask.unit)}` : ''}; :? for help): `
    case 'speak':
      return 'Say it out loud and press enter, or type it (:? for help): '
    case 'press':
      return `${ask.keys.map(pressWords).join(', ')} (? for help): `
  }
}

function pressWords({ key, text }: Option, index: number): string {
  return `${index === 0 ? 'enter' : visible(key)} = ${visible(words(text))}`
}

function help(ask: Ask, { canUndo }: AskOptions): readonly string[] {
  const colon = isTyped(ask) ? ':' : ''
  return [
    HELP[ask.type],
    ...(ask.type === 'press' ? [] : [sureness(colon)]),
    ...(canUndo ? [`"${colon}undo" takes the last answer back.`] : []),
    ...(ask.type === 'press' ? [] : [`"${colon}skip" leaves this question out.`]),
    `"${colon}quit" ends this sitting.`,
  ]
}

const sureness = (colon: string) =>
  `"${colon}guess", "${colon}unsure" or "${colon}sure" after your answer says how sure you are.`

const HELP: Readonly<Record<Ask['type'], string>> = {
  pick: 'Type the number or the letter of an answer, and enter.',
  tick: 'Type the numbers of all that apply, and enter; just enter when none does.',
  arrange: 'Type all the numbers in the order you think is right, and enter.',
  pair: 'Type each number with the letter that belongs to it, and enter. A letter is used once.',
  line: 'Type a few words, and enter.',
  number: 'Type a number, and enter.',
  speak: 'Answer out loud, then enter; or write your answer on this line.',
  press: 'Type one of the keys, and enter.',
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
