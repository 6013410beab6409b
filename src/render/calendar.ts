import type { Week } from '../view/doc.ts'
import type { Of } from './blocks.ts'
import { hang, inARow, type Line, lineWidth, padded, piece, wrap } from './layout.ts'

/** Columns of a week. */
const WEEK = 2

/** The name of a month is wider than a week. */
const MONTH = 3

/** Fewer weeks are no calendar. */
const FEWEST = 4

/**
 * A grid of days: a column for each week, as many of the latest as there is room for. Where there is hardly any, words. `word`
 * makes a text safe to show, `glyphs` are signs of one column, from nothing to most.
 */
export function calendarLines(
  { weeks, weekdays, levels }: Of<'calendar'>,
  word: (text: string) => string,
  glyphs: readonly string[],
  width: number,
): Line[] {
  const names = weekdays.map((it): Line => [piece(word(it), 'muted')])
  const before = Math.max(0, ...names.map(lineWidth)) + 2
  const room = Math.floor((width - before - MONTH + WEEK) / WEEK)
  if (room < FEWEST) {
    return weeks.flatMap(({ note }) =>
      hang(wrap([piece(word(note))], width - 2), [], [piece('  ')]),
    )
  }
  const shown = weeks.slice(-room)
  const days = names.map((name, row) => {
    const cells = shown.map(week => {
      const day = week.days[row]
      const glyph = day === undefined ? ' ' : glyphs[day.level]!
      return piece(`${glyph} `, lookOf(day?.level ?? 0))
    })
    return [...padded(name, before), ...cells]
  })
  const meaning = levels.map((text, level) => [
    piece(glyphs[level]!, lookOf(level)),
    piece(` ${word(text)}`, 'muted'),
  ])
  return [months(shown, word, before), ...days, ...inARow(meaning, width)]
}

const lookOf = (level: number) => (level === 0 ? 'muted' : 'accent')

/** The names of the months, each over its first week; one that has no room for its name goes without. */
function months(weeks: readonly Week[], word: (text: string) => string, before: number): Line {
  const begins = weeks.flatMap(({ month }, at) => (month === weeks[at - 1]?.month ? [] : [at]))
  return begins.reduce<Line>((line, at, index) => {
    const name: Line = [piece(word(weeks[at]!.month), 'muted')]
    const next = begins[index + 1]
    const room = next === undefined ? MONTH : Math.min(MONTH, (next - at) * WEEK - 1)
    return lineWidth(name) > room ? line : [...padded(line, before + at * WEEK), ...name]
  }, [])
}
