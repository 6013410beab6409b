import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, num } from './said.ts'

type End = 'answered' | 'refused' | 'raises' | 'no-token'

/** Requests that a clinic's API may get: path with query, how they end, and whether they are for data of patients. */
const REQUESTS = {
  read: ['GET', '/patients/7', 'answered', true],
  list: ['GET', '/patients', 'answered', true],
  search: ['GET', '/patients?name=li', 'answered', true],
  version: ['GET', '/v1/patients/7', 'answered', true],
  chart: ['GET', '/charts/7', 'answered', true],
  report: ['GET', '/reports?of=/patients/7', 'answered', true],
  crash: ['GET', '/patients/8/labs', 'raises', true],
  denied: ['GET', '/patients/9/notes', 'refused', true],
  stranger: ['GET', '/patients/5', 'no-token', true],
  hours: ['GET', '/opening-hours', 'answered', false],
  leaflet: ['GET', '/leaflets/patients/parking', 'answered', false],
} as const satisfies Record<string, readonly [string, string, End, boolean]>

type Name = keyof typeof REQUESTS
const NAMES = Object.keys(REQUESTS) as Name[]

const ENDS: Record<End, string> = {
  answered: '200',
  refused: '403, answered by the handler',
  raises: 'the handler raises an exception',
  'no-token': '401, answered by auth',
}

/** A request, whether the log has an entry for it, and whether it should. */
interface Entry {
  readonly request: string
  readonly end: End
  readonly logged: boolean
  readonly wanted: boolean
}

interface Scene {
  readonly requests: readonly Name[]
  readonly filter: 'contains-slash' | 'contains' | 'starts' | 'table'
  readonly writes: 'after' | 'finally'
  readonly outermost: 'audit' | 'auth'
}

const FILTERS: Record<Scene['filter'], string> = {
  'contains-slash': '"/patients/" in request.url.path',
  contains: '"/patients" in request.url.path',
  starts: 'request.url.path.startswith("/patients")',
  table: 'routes.match(request).tagged("phi")',
}

/** What a wrong rule changes. */
interface Wrong {
  /** What of the URL the filter looks at. */
  readonly part?: 'path' | 'all'
  readonly filter?: Scene['filter'] | 'starts-slash'
  readonly writes?: Scene['writes']
  readonly outermost?: Scene['outermost']
  readonly refusals?: boolean
}

/**
 * Which requests a home-made middleware notes.
 *
 * It sees what gets as far as itself: of two middlewares the outer one is entered first, and what it answers by itself never reaches
 * the inner one. An exception leaves `await call_next(request)` like any other, so the lines after it are skipped unless they stand
 * in `finally`. The path of a URL does not include its query. Patient data asked for is to be noted whatever came of it
 * (45 CFR 164.312(b) asks for recording and examining; OWASP Logging: successes and failures).
 */
function noted(scene: Scene, wrong: Wrong = {}): Entry[] {
  const { part = 'path', refusals = true } = wrong
  const { filter, writes, outermost } = { ...scene, ...wrong }
  return scene.requests.map(name => {
    const [method, url, end, phi] = REQUESTS[name]
    const path = part === 'path' ? url.split('?')[0]! : url
    const matches = {
      'contains-slash': path.includes('/patients/'),
      contains: path.includes('/patients'),
      starts: path.startsWith('/patients'),
      'starts-slash': path.startsWith('/patients/'),
      table: phi,
    }[filter]
    const reached = end !== 'no-token' || outermost === 'audit'
    const written = end !== 'raises' || writes === 'finally'
    const kept = refusals || (end !== 'refused' && end !== 'no-token')
    return {
      request: `${method} ${url}`,
      end,
      logged: reached && written && matches && kept,
      wanted: phi,
    }
  })
}

const places = (all: readonly Entry[], which: (it: Entry) => boolean) => {
  const found = all.flatMap((it, place) => (which(it) ? [place + 1] : []))
  return found.length === 0 ? 'none' : found.join(' ')
}

const code = ({ filter, writes }: Scene) =>
  writes === 'after'
    ? `async def audit(request, call_next):
    response = await call_next(request)
    if ${FILTERS[filter]}:
        write_entry(request)
    return response`
    : `async def audit(request, call_next):
    try:
        return await call_next(request)
    finally:
        if ${FILTERS[filter]}:
            write_entry(request)`

const wide = (it: Name) => `${REQUESTS[it][0]} ${REQUESTS[it][1]}`

const scene = (it: Scene) =>
  `The API of a clinic notes requests for patient data in an audit log:\n\n\`\`\`python\n${code(it)}\n\`\`\`\n\n` +
  `Middlewares, outermost first: ${it.outermost === 'audit' ? '`audit`, `auth`' : '`auth`, `audit`'}, then the handlers. \`auth\` answers 401 by itself; what a handler raises comes out of \`call_next\`.` +
  (it.filter === 'table'
    ? ' `routes` is the table of routes; those that serve patient data are tagged `phi`, among them `/charts` and `/reports`.'
    : '') +
  ` These requests come in:\n\n\`\`\`text\n${it.requests
    .map((name, place) => `${place + 1}  ${wide(name).padEnd(30)}  ${ENDS[REQUESTS[name][2]]}`)
    .join('\n')}\n\`\`\``

export const auditTrail = lab({
  id: 'audit-trail',
  title: 'Audit trail by middleware',
  summary:
    'Requests pass a middleware that notes access to patient data: which leave an entry, and which escape.',
  concepts: ['health-data/audit-controls'],
  sources: ['cfr45#164.312', 'owasp-logging#event-attributes'],
  rule: 'An entry is written if the request reaches the middleware, the filter matches its path without the query, and the line that writes is run: after an exception only in `finally`.',
  parameters: {
    requests: texts('requests that come in', { of: NAMES, most: 8 }),
    filter: one('which requests the middleware takes for patient data', [
      'contains-slash',
      'contains',
      'starts',
      'table',
    ]),
    writes: one('when it writes', ['after', 'finally'], ['after', 'after', 'finally']),
    outermost: one('which middleware is entered first', ['audit', 'auth']),
  },
  example: {
    requests: ['read', 'list', 'version', 'crash', 'denied', 'stranger'],
    filter: 'contains-slash',
    writes: 'after',
    outermost: 'auth',
  },
  // Five or six requests, among them one that fails and one that is refused.
  draw(random) {
    const size = pick(random, [5, 6])
    const chosen: Name[] = [
      pick(random, ['crash', 'crash', 'read'] as const),
      pick(random, ['denied', 'stranger'] as const),
    ]
    while (chosen.length < size) {
      const next = pick(random, NAMES)
      if (!chosen.includes(next)) chosen.splice(Math.floor(random() * (chosen.length + 1)), 0, next)
    }
    return { requests: chosen }
  },
  run: it => noted(it),
  misconceptions: {
    'exceptions-pass': {
      belief: 'count on the lines after `call_next` to run when the handler raises',
      because: 'The client gets a 500 all the same, so a response seems to come back.',
      fact: 'The exception leaves the middleware at `await`; somebody further out makes the 500. Only `finally` runs.',
      run: it => noted(it, { writes: 'finally' }),
    },
    'slash-is-nothing': {
      belief: 'let `/patients` and `/patients/` match alike',
      because: 'For a router both are often the same.',
      fact: 'The filter compares text: `"/patients/"` is not in `/patients`, so the list slips through.',
      run: it => noted(it, { filter: it.filter === 'contains-slash' ? 'contains' : it.filter }),
    },
    'in-is-startswith': {
      belief: 'take a substring test for a test of the beginning, or the other way round',
      because: 'Most paths that one thinks of begin with the word.',
      fact: '`in` finds the text anywhere, also in `/v1/patients/7` and in a leaflet; `startswith` finds it at the front only.',
      run: it =>
        noted(it, {
          filter: (
            {
              'contains-slash': 'starts-slash',
              contains: 'starts',
              starts: 'contains',
              table: 'table',
            } as const
          )[it.filter],
        }),
    },
    'query-counts': {
      belief: 'let the filter look at the query as well',
      because: 'In a log line path and query stand together.',
      fact: 'The path ends before the `?`.',
      run: it => noted(it, { part: 'all' }),
    },
    'refusals-are-nothing': {
      belief: 'leave refused requests out of the log',
      because: 'Nothing was disclosed.',
      fact: 'A 401 or 403 is a response like any other, and an attempt is what an examiner looks for.',
      run: it => noted(it, { refusals: false }),
    },
    'order-is-nothing': {
      belief: 'let every middleware see every request',
      because: 'They are listed side by side.',
      fact: 'They are nested: what `auth` answers on the outside never gets to `audit` on the inside.',
      run: it => noted(it, { outermost: 'audit' }),
    },
  },
  questions: {
    verdicts: {
      kind: 'choice',
      title: 'Which requests leave an audit entry?',
      prompt: it =>
        `${scene(it)}\n\nWhich of them leave an entry (\`#\`), and which do not (\`.\`), in this order?`,
      answer: all => `\`${all.map(it => (it.logged ? '#' : '.')).join('')}\``,
      how: all =>
        `Entries: ${places(all, it => it.logged)}. Asked for patient data and not noted: ${places(all, it => it.wanted && !it.logged)}.`,
    },
    escaped: {
      kind: 'choice',
      title: 'Which requests for patient data escape the audit log?',
      prompt: it =>
        `${scene(it)}\n\nExcept for opening hours and leaflets, all of these paths are for patient data, and each attempt should leave an entry, whatever came of it. Which requests should have one and have none?`,
      answer: all => `\`${places(all, it => it.wanted && !it.logged)}\``,
      how: all =>
        `Entries: ${places(all, it => it.logged)}. Missing: ${places(all, it => it.wanted && !it.logged)}.`,
    },
    entries: {
      kind: 'number',
      title: 'How many entries does the audit log get?',
      unit: 'entries',
      prompt: it => `${scene(it)}\n\nHow many entries are written?`,
      answer: all => all.filter(it => it.logged).length,
      how: all => `Requests that leave an entry: ${places(all, it => it.logged)}.`,
    },
  },
  result: all =>
    `${count(all.filter(it => it.logged).length, 'entry', 'entries')} (${places(all, it => it.logged)}); escaped: ${places(all, it => it.wanted && !it.logged)}`,
  trace: all => ({
    columns: ['#', 'request', 'end', 'entry', 'wanted'],
    rows: all.map((it, place) => [
      num(place + 1),
      it.request,
      it.end,
      it.logged ? 'yes' : 'no',
      it.wanted ? 'yes' : 'no',
    ]),
  }),
  picture: all =>
    all
      .map(
        it =>
          `${it.request.padEnd(30)} ${it.logged ? '-> [log]' : it.wanted ? '-> ESCAPES' : '-> (not patient data)'}`,
      )
      .join('\n'),
})
