import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { texts } from './parameters.ts'
import { list, num } from './said.ts'

/** What a field of a log line gives away. */
type Kind =
  | 'trace'
  | 'operational'
  | 'pseudonym'
  | 'account'
  | 'address'
  | 'place'
  | 'hash'
  | 'credential'
  | 'content'

interface Field {
  readonly value: string
  readonly kind: Kind
  readonly why: string
}

/** Fields as one meets them, with what they give away (OWASP Logging, "Data to exclude"; 45 CFR 164.514(b)(2)(i)). */
const FIELDS: Readonly<Record<string, Field>> = {
  trace_id: { value: '"4bf92f35"', kind: 'trace', why: 'joins the lines of one request' },
  request_id: { value: '"req_01J9"', kind: 'trace', why: 'joins the lines of one request' },
  status: { value: '503', kind: 'operational', why: 'says nothing about a person' },
  duration_ms: { value: '2003', kind: 'operational', why: 'says nothing about a person' },
  route: { value: '"/patients/{id}"', kind: 'operational', why: 'a template without the id' },
  upstream: { value: '"payments"', kind: 'operational', why: 'names a service' },
  version: { value: '"2026.11.3"', kind: 'operational', why: 'names a build' },
  actor: {
    value: '"u_7f3a"',
    kind: 'pseudonym',
    why: 'means nothing without the key that is kept apart',
  },
  tenant: {
    value: '"t_42"',
    kind: 'pseudonym',
    why: 'means nothing without the key that is kept apart',
  },
  user_id: { value: '40117', kind: 'account', why: 'one look into the database gives the person' },
  mrn: {
    value: '"MRN-88213"',
    kind: 'account',
    why: 'a medical record number points to one patient',
  },
  client_ip: {
    value: '"198.51.100.7"',
    kind: 'address',
    why: 'an address is on the list of identifiers',
  },
  device_id: {
    value: '"A1B2-77F0"',
    kind: 'address',
    why: 'a device number is on the list of identifiers',
  },
  path: { value: '"/patients/40117"', kind: 'place', why: 'the id stands in the path' },
  query: { value: '"?name=Ann+Lee"', kind: 'place', why: 'the name stands in the query' },
  referer: { value: '"/users/ann.lee"', kind: 'place', why: 'the name stands in the path' },
  email_sha256: {
    value: '"973dfe46"',
    kind: 'hash',
    why: 'anybody can hash a list of addresses and compare',
  },
  phone_md5: {
    value: '"5f93a2c1"',
    kind: 'hash',
    why: 'all telephone numbers are hashed in no time',
  },
  authorization: {
    value: '"Bearer eyJ..."',
    kind: 'credential',
    why: 'whoever reads it can use it',
  },
  session_id: { value: '"s%3Ak29x"', kind: 'credential', why: 'whoever reads it can use it' },
  reset_token: { value: '"d81f0c"', kind: 'credential', why: 'whoever reads it can use it' },
  email: { value: '"ann.lee@example"', kind: 'content', why: 'it is the person' },
  body: { value: '{"card": "4242"}', kind: 'content', why: 'whatever the client sent is in it' },
}

const NAMES = Object.keys(FIELDS)
const MAY_STAY: readonly Kind[] = ['operational', 'trace', 'pseudonym']
const TEMPTING: readonly Kind[] = ['account', 'address', 'place', 'hash']

interface Step {
  readonly name: string
  readonly stays: boolean
}

/**
 * Which fields of a structured log line may stay as they are: operational values and pseudonyms. What names a person, leads to
 * one after a lookup, or opens a door goes out. `more` are kinds that a wrong rule lets stay as well, `but` kinds that it does not.
 */
function sift(
  { fields }: { fields: readonly string[] },
  more: readonly Kind[] = [],
  but: readonly Kind[] = [],
): Step[] {
  return fields.map(name => {
    const kind = FIELDS[name]?.kind ?? 'content'
    return { name, stays: (MAY_STAY.includes(kind) || more.includes(kind)) && !but.includes(kind) }
  })
}

const staying = (steps: readonly Step[]) => steps.filter(it => it.stays)
const line = (fields: readonly string[]) =>
  [
    '```',
    '{"ts": "2026-11-20T09:14:07Z", "event": "payment_failed",',
    ...fields.map(
      (name, i) => ` "${name}": ${FIELDS[name]?.value}${i < fields.length - 1 ? ',' : '}'}`,
    ),
    '```',
  ].join('\n')

const POLICY =
  'The house rule for application logs: no secret, nothing that names a person, and nothing that leads to one by a lookup or by guessing. ' +
  'Pseudonyms made with a secret key (`u_…`, `t_…`) may stay; ids of traces and requests lead only to lines under the same rule. Who did what is kept in the audit log.'

export const logLine = lab({
  id: 'log-line',
  title: 'What may be logged',
  summary: 'A structured log line against a house rule: which fields may stay as they are.',
  concepts: ['observability/structured-logging'],
  sources: ['owasp-logging#data-to-exclude', 'cfr45#164.514'],
  rule: 'Operational values and keyed pseudonyms may stay; credentials, personal data and whatever leads to a person (ids, addresses, paths, plain hashes) go out.',
  parameters: {
    fields: texts('fields of the line', { of: NAMES, least: 1, most: 12 }),
  },
  example: {
    fields: [
      'trace_id',
      'route',
      'user_id',
      'client_ip',
      'path',
      'email_sha256',
      'actor',
      'session_id',
    ],
  },
  check: ({ fields }) =>
    new Set(fields).size === fields.length ? undefined : 'fields are named once each',
  // Some that may stay, some that tempt, and perhaps what nobody would keep.
  draw(random) {
    const some = (kinds: readonly Kind[], most: number) =>
      shuffled(
        random,
        NAMES.filter(name => kinds.includes(FIELDS[name]!.kind)),
      ).slice(0, most)
    const tempting = shuffled(random, TEMPTING).slice(0, pick(random, [0, 1, 2, 3]))
    return {
      fields: shuffled(random, [
        ...some(['operational'], pick(random, [1, 2])),
        ...some(['trace'], pick(random, [0, 1, 1])),
        ...some(['pseudonym'], pick(random, [0, 1, 1])),
        ...tempting.flatMap(kind => some([kind], 1)),
        ...some(['credential', 'content'], pick(random, [0, 1, 2])),
      ]),
    }
  },
  run: it => sift(it),
  misconceptions: {
    'an-id-is-no-name': {
      belief: 'keep ids of accounts and records',
      because: 'A number without a name looks anonymous.',
      fact: 'One lookup leads from it to the person; a pseudonym whose key is kept apart serves as well.',
      run: it => sift(it, ['account']),
    },
    'technical-data': {
      belief: 'keep addresses and paths as technical data',
      because: 'They describe a connection and a place, and stand in every access log.',
      fact: 'An IP address or a device number counts as an identifier of a person, and ids and names stand in paths.',
      run: it => sift(it, ['address', 'place']),
    },
    'a-hash-hides': {
      belief: 'keep plain hashes of personal data',
      because: 'A hash cannot be computed backwards.',
      fact: 'Without a secret key anybody can hash the likely values and compare.',
      run: it => sift(it, ['hash']),
    },
    'every-id-goes': {
      belief: 'leave out the ids of traces and requests as well',
      because: 'An id is an id, and these follow somebody through all services.',
      fact: 'They name one request, lead only to lines under the same rule, and without them lines cannot be joined.',
      run: it => sift(it, [], ['trace']),
    },
    'no-actor-at-all': {
      belief: 'leave out pseudonyms as well',
      because: 'Everything about who it was seems forbidden.',
      fact: 'A keyed pseudonym leads nowhere without the key, and without it nobody can see that one caller fails.',
      run: it => sift(it, [], ['pseudonym']),
    },
  },
  questions: {
    stay: {
      kind: 'choice',
      title: 'Which fields of a log line may stay?',
      prompt: ({ fields }) =>
        `A service writes this line into its application log.\n\n${line(fields)}\n\n${POLICY}\n\nWhich of the fields after \`event\` may stay as they are?`,
      answer: steps =>
        list(
          staying(steps).map(it => `\`${it.name}\``),
          'none of them',
        ),
      how: steps =>
        `${num(staying(steps).length)} of ${num(steps.length)} may stay. The rest is a secret, names somebody, or leads to somebody.`,
    },
    many: {
      kind: 'number',
      title: 'How many fields of a log line have to go?',
      unit: 'fields',
      prompt: ({ fields }) =>
        `You review a change that adds this line to the application log.\n\n${line(fields)}\n\n${POLICY}\n\nHow many of the fields after \`event\` must not be logged as they are?`,
      answer: steps => steps.length - staying(steps).length,
      how: steps =>
        `These go out or are replaced: ${list(
          steps.filter(it => !it.stays).map(it => `\`${it.name}\``),
        )}.`,
    },
  },
  result: steps => `may stay: ${list(staying(steps).map(it => it.name))}`,
  trace: steps => ({
    columns: ['field', 'may stay', 'because'],
    rows: steps.map(({ name, stays }) => [name, stays ? 'yes' : 'no', FIELDS[name]?.why ?? '']),
  }),
  picture: steps =>
    steps
      .map(({ name, stays }) => `${stays ? '   ' : '-x-'} "${name}": ${FIELDS[name]?.value}`)
      .join('\n'),
})
