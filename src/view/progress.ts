import type { Inline } from '../bank/prose.ts'
import type { Followed } from '../memory/misconceptions.ts'
import type { Share, Standing, Stats, Time } from '../memory/stats.ts'
import { calendar } from './calendar.ts'
import { dayName } from './dates.ts'
import type { Doc, DocBlock } from './doc.ts'
import { beliefs, confusions, followed, hint, leeches } from './mistakes.ts'
import { count, duration, percent } from './numbers.ts'

/** What a person knows and has done. `named` says that it is about some topics only. */
export function progressDoc(stats: Stats, named: boolean, rules: readonly Followed[] = []): Doc {
  const { standing, today } = stats
  const about = stats.topics.map(it => it.title).join(', ')
  if (standing.met === 0 && (named || stats.time.answers === 0)) return nothingYet(stats, named)
  return [
    { type: 'heading', level: 1, text: 'Progress', note: named ? about : dayName(today, 'year') },
    { type: 'paragraph', text: standingLine(standing, named) },
    ...section('Recall by topic', [shares(stats.topics)]),
    ...(stats.concepts.length === 0 ? [] : section('Weakest concepts', [weakest(stats.concepts)])),
    { type: 'paragraph', text: [{ role: 'muted', text: WHAT_RECALL_IS }] },
    ...section('What you mix up', confusions(stats.confusions)),
    ...section('Misconceptions', followed(rules)),
    ...section('What you believed', beliefs(stats.beliefs)),
    ...section('Missed again and again', leeches(stats.leeches), stats.leechCount),
    ...section('What falls due', forecast(stats)),
    ...(named
      ? []
      : [
          ...section('What your confidence was worth', calibration(stats.calibration)),
          ...section('Answers by day', calendar(stats.days, today)),
          ...section('Time spent', time(stats.time)),
        ]),
  ]
}

const WHAT_RECALL_IS =
  'Recall is the share of all questions that you would answer right today, as FSRS expects it from your answers; a question that you never met counts as not known. The numbers after it are the questions that you have met, of all.'

function nothingYet({ topics, standing }: Stats, named: boolean): Doc {
  const about = named ? ` about ${topics.map(it => it.title).join(', ')}` : ''
  const command = ['quiz drill', ...(named ? topics.map(it => it.id) : [])].join(' ')
  return [
    {
      type: 'callout',
      tone: 'note',
      title: `Nothing${about} has been answered yet.`,
      blocks: [
        {
          type: 'paragraph',
          text: [
            { role: 'accent', text: command },
            ` asks; there ${standing.questions === 1 ? 'is' : 'are'} ${count(standing.questions, 'question')}. `,
            'Afterwards you see here what you know of each topic, what you mix up, and what falls due when.',
          ],
        },
      ],
    },
  ]
}

function section(title: string, blocks: Doc, number?: number): DocBlock[] {
  if (blocks.length === 0) return []
  const note = number === undefined ? {} : { note: count(number, 'question') }
  return [{ type: 'heading', level: 2, text: title, ...note }, ...blocks]
}

function standingLine(standing: Standing, named: boolean): Inline {
  const { answers, ms, due, met, questions, recall, streak } = standing
  const today =
    answers === 0 ? 'nothing answered yet' : `${count(answers, 'answer')} in ${duration(ms)}`
  return [
    ...(named ? [] : ['Today: ', { strong: today }, ', ']),
    { strong: `${due} due` },
    `. Met ${met} of ${count(questions, 'question')}, recall `,
    { strong: percent(recall) },
    '.',
    ...(named || streak < 2 ? [] : [` ${count(streak, 'day')} in a row.`]),
  ]
}

function shares(of: readonly Share[]): DocBlock {
  return {
    type: 'bars',
    rows: of.map(it => ({
      label: it.title,
      value: it.recall,
      reach: it.questions === 0 ? 0 : it.met / it.questions,
      note: `${percent(it.recall)}, ${it.met}/${it.questions}`,
    })),
    legend: { value: 'known today', reach: 'met, but not known', rest: 'never met' },
  }
}

/** How many concepts are shown of the topics that were named. */
const CONCEPTS = 10

/** Concepts that were met before those that never were: forgetting is news. */
function weakest(concepts: readonly Share[]): DocBlock {
  const met = concepts.filter(it => it.met > 0)
  return shares([...met, ...concepts.filter(it => it.met === 0)].slice(0, CONCEPTS))
}

/** Days of the forecast that get a bar. */
const DAYS = 7

function forecast({ forecast, today }: Stats): Doc {
  const days = forecast.slice(0, DAYS)
  const most = Math.max(...days)
  const later = forecast.slice(DAYS).reduce((sum, it) => sum + it, 0)
  return [
    {
      type: 'bars',
      rows: days.map((due, ahead) => ({
        label: ahead === 0 ? 'Today' : dayName(today + ahead),
        value: most === 0 ? 0 : due / most,
        note: String(due),
      })),
    },
    {
      type: 'paragraph',
      text: [
        {
          role: 'muted',
          text: `In the ${forecast.length - DAYS} days after that: ${later}. New questions come on top.`,
        },
      ],
    },
  ]
}

/** Sure answers below this are worth a word. */
const SURE = 0.9

function calibration(of: Stats['calibration']): Doc {
  const given = (['sure', 'unsure', 'guess'] as const).filter(it => of[it].answers > 0)
  if (given.length === 0) return []
  const worth = (it: keyof typeof of) => of[it].score / of[it].answers
  return [
    {
      type: 'bars',
      rows: given.map(it => ({
        label: it,
        value: worth(it),
        note: `${percent(worth(it))}, ${count(of[it].answers, 'answer')}`,
      })),
    },
    ...(given.includes('sure') && worth('sure') < SURE
      ? [hint('quiz drill --confident-errors', 'asks what you were sure of and missed')]
      : []),
  ]
}

function time({ answers, sittings, days, ms, first, later }: Time): Doc {
  const seconds = (it: number) => count(Math.round(it / 1000), 'second')
  const pace = [
    ...(first === undefined ? [] : [`A new question takes you ${seconds(first)}`]),
    ...(later === undefined ? [] : [`one that you have met ${seconds(later)}`]),
  ]
  return [
    {
      type: 'paragraph',
      text: [
        { strong: duration(ms) },
        `: ${count(answers, 'answer')} in ${count(sittings, 'sitting')} on ${count(days, 'day')}.`,
        ...(pace.length === 0 ? [] : [` ${pace.join(', ')}, with reading the verdict.`]),
      ],
    },
  ]
}
