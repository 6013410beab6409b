import { lab, pick } from './lab.ts'
import { flag, one, texts } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

const OPERATIONS = ['list', 'read', 'create', 'put-new', 'replace', 'change', 'delete'] as const
type Operation = (typeof OPERATIONS)[number]
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The exchange that an operation becomes when it succeeds. */
interface Exchange {
  readonly operation: Operation
  readonly method: Method
  readonly path: string
  readonly code: number
  /** Where the new resource is, if the response has to say so. */
  readonly location?: string
  /** Whether the method lets any software repeat it when the response was lost. */
  readonly repeatable: boolean
}

interface Api {
  readonly resource: string
  readonly operations: readonly Operation[]
  readonly content: boolean
}

/** The one that exists, the one that a client creates under an id of its own, and the one whose id the server chooses. */
const OLD = 7
const NEW = 42
const CHOSEN = 8

/** RFC 9110 §9.2.2 and RFC 5789 §2: idempotent are the safe methods, PUT and DELETE; POST and PATCH are not. */
const IDEMPOTENT: readonly Method[] = ['GET', 'PUT', 'DELETE']

/**
 * Operations on a collection as HTTP has them (RFC 9110 §9.3, §15.3; RFC 5789 §2).
 *
 * POST to the collection creates where the server picks the identifier: 201, with `Location`. PUT creates or replaces the state of
 * the URL it is sent to: 201 if there was nothing, otherwise 200 with content or 204 without; that URL is known, so 201 needs no
 * `Location`. PATCH changes a part; DELETE removes: 200 or 204 by the same question of content.
 * The arguments say what a wrong rule changes.
 */
function exchanges(
  { resource, operations, content }: Api,
  {
    idempotent = IDEMPOTENT,
    change = 'PATCH',
    codes = {},
    verbs = false,
  }: {
    readonly idempotent?: readonly Method[]
    readonly change?: Method
    readonly codes?: Partial<Record<Operation, number>>
    readonly verbs?: boolean
  } = {},
): Exchange[] {
  const done = content ? 200 : 204
  const all = `/${resource}`
  const route: Record<Operation, readonly [Method, string, number]> = {
    list: ['GET', all, 200],
    read: ['GET', `${all}/${OLD}`, 200],
    create: ['POST', all, 201],
    'put-new': ['PUT', `${all}/${NEW}`, 201],
    replace: ['PUT', `${all}/${OLD}`, done],
    change: [change, `${all}/${OLD}`, done],
    delete: ['DELETE', `${all}/${OLD}`, done],
  }
  return operations.map(operation => {
    const [own, path, code] = route[operation]
    const method = verbs ? 'POST' : own
    const known = codes[operation] ?? code
    return {
      operation,
      method,
      path: verbs ? `${path}/${operation === 'put-new' ? 'create' : operation}` : path,
      code: known,
      ...(operation === 'create' && known === 201 && { location: `${all}/${CHOSEN}` }),
      repeatable: idempotent.includes(method),
    }
  })
}

const WRITES = ['create', 'put-new', 'replace', 'change', 'delete'] as const

/** What a client wants, in words that name no method. */
function wish(operation: Operation, resource: string): string {
  const single = resource.slice(0, -1)
  return {
    list: `fetch the list of ${resource}`,
    read: `fetch ${single} ${OLD}`,
    create: `create ${a(single)}; the server chooses its id, ${CHOSEN}`,
    'put-new': `create ${single} ${NEW}; the client has chosen this id`,
    replace: `replace the whole state of ${single} ${OLD}`,
    change: `send one changed member of ${single} ${OLD}, leave the rest as it is`,
    delete: `remove ${single} ${OLD}`,
  }[operation]
}

const a = (noun: string) => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`

const line = (it: Exchange) =>
  `\`${it.method} ${it.path}\` → \`${it.code}\`${it.location === undefined ? '' : `, \`Location: ${it.location}\``}`

const answers = (content: boolean) =>
  content
    ? 'A successful change or removal is answered with content: the new state, or the last one.'
    : 'A successful change or removal is answered without content.'

const wishes = ({ operations, resource }: Api) =>
  operations.map((it, place) => `${place + 1}  ${wish(it, resource)}`).join('\n')

export const crudRoutes = lab({
  id: 'crud-routes',
  title: 'CRUD as HTTP',
  summary: 'What clients want to do becomes methods, paths, status codes and what may be repeated.',
  concepts: ['http-methods/choosing-a-method', 'http-methods/idempotent-methods'],
  sources: ['rfc9110#9.3', 'rfc9110#9.2.2', 'rfc9110#15.3.2', 'rfc5789#2'],
  rule: 'POST creates below a collection, PUT sets the state of a known URL, PATCH changes a part; 201 means created, 204 means no content, and of these methods only GET, PUT and DELETE may be repeated blindly.',
  parameters: {
    resource: one('what the API keeps', ['orders', 'invoices', 'tickets', 'rooms', 'devices']),
    operations: texts('what clients do, one after another', { of: OPERATIONS, most: 7 }),
    content: flag('successful changes and removals are answered with content'),
  },
  example: {
    resource: 'orders',
    operations: ['list', 'create', 'put-new', 'change', 'delete'],
    content: false,
  },
  // Each operation at most once, three writes at least, and the last one creates or changes.
  draw(random) {
    const last = pick(random, WRITES)
    const others = OPERATIONS.filter(it => it !== last)
    const size = pick(random, [3, 4, 5])
    const chosen: Operation[] = []
    while (chosen.length < size) {
      const next = pick(random, others)
      if (!chosen.includes(next)) chosen.push(next)
    }
    return { operations: [...chosen, last] }
  },
  run: exchanges,
  misconceptions: {
    'always-200': {
      belief: 'answer every success with `200`',
      because: 'Many frameworks send 200 unless told otherwise, and clients seem to cope.',
      fact: '`201` says that something came into being, and `204` that no content follows; clients, caches and tools rely on it.',
      run: it =>
        exchanges(it, { codes: Object.fromEntries(OPERATIONS.map(operation => [operation, 200])) }),
    },
    'code-by-method': {
      belief: 'tie `201` to POST alone and `204` to DELETE alone',
      because: 'Most tables of REST show each code beside one method.',
      fact: 'PUT that creates must answer `201` as well, and whether it is `200` or `204` depends on content, for any method.',
      run: it =>
        exchanges(it, { codes: { 'put-new': 200, replace: 200, change: 200, delete: 204 } }),
    },
    'patch-idempotent': {
      belief: 'count PATCH among the idempotent methods',
      because: 'Setting one member twice gives the same state.',
      fact: 'RFC 5789 says that PATCH is neither safe nor idempotent: a patch may append or add, so nobody may repeat it blindly.',
      run: it => exchanges(it, { idempotent: [...IDEMPOTENT, 'PATCH'] }),
    },
    'put-for-parts': {
      belief: 'send a few changed members with PUT',
      because: 'PUT is often translated as "update".',
      fact: 'PUT replaces the whole state, so members that are missing are gone; PATCH describes a change.',
      run: it => exchanges(it, { change: 'PUT' }),
    },
    'verbs-in-paths': {
      belief: 'send everything with POST and put the verb into the path',
      because: 'It maps one to one to functions.',
      fact: 'The method is the verb: then caches, retries and proxies know what a request does without knowing the API.',
      run: it => exchanges(it, { verbs: true }),
    },
    'delete-once': {
      belief: 'count DELETE out because the second one answers `404`',
      because: 'It looks as if idempotent meant "the same response".',
      fact: 'Idempotent is about the intended effect: after one DELETE or two, the resource is gone.',
      run: it => exchanges(it, { idempotent: ['GET', 'PUT'] }),
    },
  },
  questions: {
    codes: {
      kind: 'choice',
      title: 'Which status codes answer a row of successful operations?',
      prompt: api =>
        `An API of ${api.resource} uses methods and codes as RFC 9110 and RFC 5789 mean them. ${answers(api.content)} ` +
        `Number ${OLD} exists, number ${NEW} does not. Each line is a request of its own on this state, and it succeeds at once:\n\n` +
        `\`\`\`text\n${wishes(api)}\n\`\`\`\n\nWhich status codes come back, in this order?`,
      answer: all => `\`${all.map(it => it.code).join(' ')}\``,
      how: (all, { content }) =>
        `What was created is \`201\`, by POST or by PUT; what is fetched is \`200\`; changes and removals are \`${content ? 200 : 204}\` here. That gives ${list(all.map(it => `\`${it.code}\``))}.`,
    },
    exchange: {
      kind: 'choice',
      title: 'Which request and which answer belong to an operation?',
      prompt: ({ resource, operations, content }) =>
        `An API keeps ${resource} under \`/${resource}\`, each at \`/${resource}/{id}\`, and uses methods and codes as RFC 9110 and RFC 5789 mean them. ${answers(content)}\n\n` +
        `Number ${OLD} exists, number ${NEW} does not. A client wants to do this, and succeeds:\n\n\`\`\`text\n${wish(operations.at(-1)!, resource)}\n\`\`\`\n\nWhich exchange is it?`,
      answer: all => line(all.at(-1)!),
      how: all => `It is ${line(all.at(-1)!)}.`,
      bare: true,
    },
    repeated: {
      kind: 'number',
      title: 'How many requests may a library repeat by itself?',
      unit: 'requests',
      prompt: api =>
        `An HTTP library knows only the method of a request. If the connection breaks before an answer, it repeats what RFC 9110 and RFC 5789 allow to be repeated by the method alone. ` +
        `An app uses HTTP methods as they are meant:\n\n\`\`\`text\n${wishes(api)}\n\`\`\`\n\nFor how many of these ${num(api.operations.length)} requests would the library do that?`,
      answer: all => all.filter(it => it.repeatable).length,
      how: all =>
        `It repeats idempotent methods: ${list(all.filter(it => it.repeatable).map(it => `\`${it.method} ${it.path}\``))}. POST and PATCH promise nothing.`,
    },
  },
  result: all => {
    const repeatable = all.filter(it => it.repeatable).length
    return `${all.map(it => `${it.method} ${it.code}`).join(', ')}; ${count(repeatable, 'request')} may be repeated`
  },
  trace: all => ({
    columns: ['operation', 'request', 'code', 'Location', 'repeat'],
    rows: all.map(it => [
      it.operation,
      `${it.method} ${it.path}`,
      String(it.code),
      it.location ?? '-',
      it.repeatable ? 'yes' : 'no',
    ]),
  }),
  picture: all =>
    messages(
      all.flatMap(it => [
        { from: 'client', to: 'server', says: `${it.method} ${it.path}` },
        {
          from: 'server',
          to: 'client',
          says: `${it.code}${it.location === undefined ? '' : `  Location: ${it.location}`}`,
        },
      ]),
    ),
})
