import { expect, test } from 'vitest'
import { dayFrom } from '../../src/memory/day.ts'
import type { DayForecast } from '../../src/memory/forecast.ts'
import { render } from '../../src/render/index.ts'
import { planDoc } from '../../src/view/plan.ts'
import { PIPE } from '../world.ts'

const today = dayFrom('2026-11-21')!

/** The rows of the days in a plan without a date, in which the days take so many seconds. */
async function daysOf(...seconds: number[]): Promise<string[]> {
  const days = seconds.map(
    (it, at): DayForecast => ({
      day: today + at,
      seconds: it,
      fresh: 0,
      reviews: Math.ceil(it / 20),
    }),
  )
  const doc = planDoc(
    { minutes: 20, weights: new Map(), retention: 0.9 },
    { recall: 0.5, idle: 0.4, more: { minutes: 10, recall: 0.6 }, topics: [], days },
    it => it,
    today,
  )
  const text = await render(doc, 'markdown', PIPE, { title: 'Plan' })
  return [...text.matchAll(/^\| (?:\w{3} \d+ \w{3}|\d+ further days?)\s*\|(.*?)\|/gm)].map(it =>
    it[1]!.trim(),
  )
}

test('a day of a few seconds is not one of none', async () => {
  expect(await daysOf(0, 1, 12, 29.9, 30, 61, 1200)).toEqual([
    '0',
    'under 1',
    'under 1',
    'under 1',
    '1',
    '1',
    '20',
  ])
})

test('nor are further days of a few seconds together', async () => {
  const fortnight = Array<number>(14).fill(60)
  expect((await daysOf(...fortnight, 4, 5)).at(-1)).toBe('under 1')
  expect((await daysOf(...fortnight, 20, 20, 20)).at(-1)).toBe('1')
  expect((await daysOf(...fortnight, 0, 0)).at(-1)).toBe('0')
})
