import type { Day } from '../memory/day.ts'
import type { Stats } from '../memory/stats.ts'
import { dayName, monthName, WEEKDAYS } from './dates.ts'
import type { DayCell, Doc, Week } from './doc.ts'
import { count } from './numbers.ts'

/** Weeks that are shown at least, so that a beginning looks like one. */
const FEWEST = 12

/** The days with their answers as a calendar, from the first one on. */
export function calendar(days: Stats['days'], today: Day): Doc {
  if (days.length === 0) return []
  const byDay = new Map(days.map(it => [it.day, it.answers]))
  const step = stepOf([...byDay.values()])
  const end = mondayOf(today)
  const from = Math.min(mondayOf(days[0]!.day), end - 7 * (FEWEST - 1))
  return [
    {
      type: 'calendar',
      weekdays: WEEKDAYS,
      weeks: Array.from({ length: (end - from) / 7 + 1 }, (_, index) =>
        week(from + 7 * index, today, byDay, step),
      ),
      levels: [
        'none',
        upTo(1, step),
        upTo(step + 1, 2 * step),
        upTo(2 * step + 1, 3 * step),
        `${3 * step + 1} or more`,
      ],
    },
  ]
}

function week(monday: Day, today: Day, byDay: ReadonlyMap<Day, number>, step: number): Week {
  const days = WEEKDAYS.map((_, index): DayCell | undefined => {
    const day = monday + index
    if (day > today) return undefined
    const amount = byDay.get(day) ?? 0
    const level = Math.min(4, Math.ceil(amount / step)) as DayCell['level']
    return {
      level,
      amount,
      // Only a page has room for it, and it is worked out only there.
      get note() {
        return `${dayName(day, 'year')}: ${count(amount, 'answer')}`
      },
    }
  })
  const active = days.flatMap(it => (it === undefined || it.amount === 0 ? [] : it.amount))
  const sum = active.reduce((all, it) => all + it, 0)
  return {
    month: monthName(monday + 6),
    note:
      sum === 0
        ? ''
        : `Week of ${dayName(monday, 'year')}: ${count(sum, 'answer')} on ${count(active.length, 'day')}`,
    days,
  }
}

/** How many answers a level is wide: a quarter of what nine active days in ten stay within, so that one long day does not pale the rest. */
function stepOf(answers: readonly number[]): number {
  const sorted = answers.toSorted((a, b) => a - b)
  return Math.max(1, Math.ceil(sorted[Math.ceil(sorted.length * 0.9) - 1]! / 4))
}

function upTo(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`
}

/** 1970-01-01, day 0, was a Thursday. */
function mondayOf(day: Day): Day {
  return day - ((((day + 3) % 7) + 7) % 7)
}
