import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, list, num } from './said.ts'

type Part = 'booking' | 'contact' | 'person' | 'payment' | 'health'

/**
 * Fields of an appointment: the part that a house counts them in, and the item of 45 CFR 164.514(b)(2)(i) that makes a field an
 * identifier, if one does. Names are those of the patient, relatives, employers and household members, so a doctor's is none.
 */
const FIELDS = {
  id: ['booking', 'R'],
  starts_at: ['booking', 'C'],
  provider: ['booking', ''],
  room: ['booking', ''],
  patient_name: ['contact', 'A'],
  phone: ['contact', 'D'],
  birth_date: ['person', 'C'],
  record_number: ['person', 'H'],
  photo: ['person', 'Q'],
  payer: ['payment', ''],
  member_number: ['payment', 'I'],
  service_codes: ['payment', ''],
  reason: ['health', ''],
  diagnosis: ['health', ''],
  visit_notes: ['health', ''],
} as const satisfies Record<string, readonly [Part, string]>

type Field = keyof typeof FIELDS
const NAMES = Object.keys(FIELDS) as Field[]
const AUDIENCES = ['reception', 'insurer', 'hospital', 'patient', 'registry'] as const
type Audience = (typeof AUDIENCES)[number]

interface Scene {
  readonly fields: readonly Field[]
  readonly audience: Audience
}

/** What may go out, and which of the fields are identifiers. */
interface Release {
  readonly sent: readonly Field[]
  readonly identifiers: readonly Field[]
}

const part = (it: Field): Part => FIELDS[it][0]
const isIdentifier = (it: Field) => FIELDS[it][1] !== ''

/** What the policy of this house gives to whom; who is not named gets the booking. */
const POLICY: Partial<Record<Audience, readonly Part[]>> = {
  reception: ['booking', 'contact'],
  insurer: ['booking', 'payment'],
}

const byPolicy = (audience: Audience) => (it: Field) =>
  (POLICY[audience] ?? ['booking']).includes(part(it))

/**
 * The fields that may go out to somebody.
 *
 * The minimum necessary standard limits PHI to what a purpose needs, by the policy of the house (45 CFR 164.502(b)(1), 164.514(d)). It does
 * not apply to disclosures to a provider for treatment and to the individual (164.502(b)(2)); disclosures for payment are not
 * excepted. What leaves as de-identified by Safe Harbor has none of the 18 identifiers (164.514(b)(2)(i)), dates but for the
 * year and any unique code among them. The arguments say what a wrong rule changes.
 */
function release(
  { fields, audience }: Scene,
  {
    may = {},
    identifies = isIdentifier,
  }: {
    readonly may?: Partial<Record<Audience, (field: Field) => boolean>>
    readonly identifies?: (field: Field) => boolean
  } = {},
): Release {
  const own: Record<Audience, (field: Field) => boolean> = {
    reception: byPolicy('reception'),
    insurer: byPolicy('insurer'),
    hospital: () => true,
    patient: () => true,
    registry: it => !identifies(it),
    ...may,
  }
  return { sent: fields.filter(own[audience]), identifiers: fields.filter(identifies) }
}

const all = () => true
const names = (fields: readonly Field[]) => (fields.length === 0 ? 'none' : fields.join(', '))

const ASKS: Record<Audience, string> = {
  reception: 'The reception of the house opens the appointment to check the patient in.',
  insurer: 'The insurer of the patient asks for the whole appointment, to decide on payment.',
  hospital:
    'A hospital to which the patient was referred asks for the whole appointment, for treatment.',
  patient:
    'The patient asks for a copy of the whole appointment; none of the notes are psychotherapy notes.',
  registry:
    'A register for research asks for appointments. They leave the house as de-identified by Safe Harbor.',
}

const MEANT =
  'Free text has been checked and names nobody; `starts_at` and `birth_date` are whole dates, `photo` shows the face, `provider` is the name of the doctor, `payer` that of the insurance company, and `id` the number of the appointment in the database.'

const scene = ({ fields, audience }: Scene) =>
  `A clinic in the US (a covered entity) keeps appointments with these fields:\n\n\`\`\`text\n${fields
    .map(it => `${it.padEnd(13)}  ${part(it)}`)
    .join('\n')}\n\`\`\`\n\n` +
  (audience === 'registry'
    ? ''
    : 'It applies the minimum necessary standard where HIPAA has it apply, with this policy: reception gets booking and contact, insurers get booking and payment, everybody else gets booking. Where it does not apply, what is asked for is given.\n\n') +
  ASKS[audience] +
  (audience === 'registry' ? ` ${MEANT}` : '')

export const minimumNecessary = lab({
  id: 'minimum-necessary',
  title: 'Minimum necessary',
  summary:
    'Somebody asks for an appointment: which of its fields may go out, and which are identifiers.',
  concepts: ['health-data/minimum-necessary', 'health-data/phi', 'health-data/de-identification'],
  sources: ['cfr45#164.502', 'cfr45#164.514'],
  rule: 'PHI is limited to what the purpose needs, except for treatment by a provider and for the patient; Safe Harbor takes out all 18 identifiers, dates and unique codes among them.',
  parameters: {
    fields: texts('fields that an appointment has', { of: NAMES, most: 15 }),
    audience: one('who asks for it', AUDIENCES),
  },
  example: {
    fields: ['id', 'starts_at', 'provider', 'patient_name', 'member_number', 'diagnosis'],
    audience: 'registry',
  },
  check: ({ fields }) =>
    new Set(fields).size < fields.length ? 'fields names each field once' : undefined,
  // Some of each part, in the order of the table.
  draw(random) {
    const size = pick(random, [6, 7, 8])
    const chosen = new Set<Field>([
      pick(random, ['id', 'starts_at'] as const),
      pick(random, ['provider', 'room'] as const),
      pick(random, ['patient_name', 'phone'] as const),
      pick(random, ['reason', 'diagnosis', 'visit_notes'] as const),
      pick(random, ['payer', 'member_number', 'service_codes'] as const),
    ])
    while (chosen.size < size) chosen.add(pick(random, NAMES))
    return { fields: NAMES.filter(it => chosen.has(it)) }
  },
  run: it => release(it),
  misconceptions: {
    'no-exceptions': {
      belief: 'apply the policy to treatment and to the patient as well',
      because: 'Less data looks safer whoever asks.',
      fact: 'The standard does not apply to disclosures to a provider for treatment or to the individual; withholding may harm.',
      run: it =>
        release(it, { may: { hospital: byPolicy('hospital'), patient: byPolicy('patient') } }),
    },
    'payment-is-excepted': {
      belief: 'take payment for an exception like treatment',
      because:
        'Treatment, payment and operations are named together when it comes to authorization.',
      fact: 'Among the exceptions of § 164.502(b)(2) is treatment by a provider; payment is not.',
      run: it => release(it, { may: { insurer: all } }),
    },
    'client-hides-it': {
      belief: 'send the whole record and let the page show what is needed',
      because: 'What nobody sees on the screen seems not to be given.',
      fact: 'All that is in the response was disclosed; the server has to leave it out.',
      run: it => release(it, { may: { reception: all, insurer: all } }),
    },
    'phi-for-clinicians-only': {
      belief: 'keep each identifier from everybody who does not treat the patient in this house',
      because: 'PHI sounds like something for clinicians only.',
      fact: 'What the purpose needs may go out: a reception needs the name, an insurer the member number, and treatment elsewhere is not limited at all.',
      run: it => {
        const bare = (it: Field) => !isIdentifier(it)
        return release(it, {
          may: {
            reception: field => bare(field) && byPolicy('reception')(field),
            insurer: field => bare(field) && byPolicy('insurer')(field),
            hospital: bare,
          },
        })
      },
    },
    'notes-are-ours': {
      belief: 'keep from the patient what clinicians wrote about health',
      because: 'It was written by experts for experts.',
      fact: 'The individual has a right of access to the record; only a few things, such as psychotherapy notes, are outside it.',
      run: it => release(it, { may: { patient: field => part(field) !== 'health' } }),
    },
    'ids-and-dates-are-harmless': {
      belief: 'let ids, record numbers and dates pass as no identifiers',
      because: 'They name nobody: an id, a date and a provider look like operational data.',
      fact: 'Dates of service, record and member numbers and any unique code are on the list of Safe Harbor.',
      run: it =>
        release(it, {
          identifies: field =>
            isIdentifier(field) && !['C', 'H', 'I', 'R'].includes(FIELDS[field][1]),
        }),
    },
    'doctor-is-an-identifier': {
      belief: 'count the name of the provider among the identifiers',
      because: 'It is a name, and names come first on the list.',
      fact: 'The names on the list are those of the patient and of relatives, employers and household members.',
      run: it => release(it, { identifies: field => isIdentifier(field) || field === 'provider' }),
    },
    'health-identifies': {
      belief: 'count what is said about health among the identifiers',
      because: 'It is the most sensitive part.',
      fact: 'Identifiers tell who it is; a diagnosis without them is what de-identified data is for.',
      run: it =>
        release(it, { identifies: field => isIdentifier(field) || part(field) === 'health' }),
    },
  },
  questions: {
    sent: {
      kind: 'choice',
      title: 'Which fields of a record may go out to somebody?',
      prompt: it =>
        `${scene(it)}\n\nWhich fields ${it.audience === 'registry' ? 'may stay' : 'are in the response'}?`,
      answer: it => `\`${names(it.sent)}\``,
      how: (it, { audience }) =>
        audience === 'registry'
          ? `${list(
              it.identifiers.map(field => `\`${field}\``),
              'No field',
            )} ${it.identifiers.length === 1 ? 'is an identifier' : 'are identifiers'} and ${it.identifiers.length === 1 ? 'goes' : 'go'}; the rest may stay.`
          : audience === 'hospital' || audience === 'patient'
            ? 'The standard does not apply here, so what is asked for is given.'
            : `The standard applies, and the policy gives ${list(POLICY[audience] ?? ['booking'])}.`,
      bare: true,
    },
    identifiers: {
      kind: 'number',
      title: 'How many fields of a record are identifiers?',
      unit: 'fields',
      prompt: ({ fields }) =>
        `A clinic in the US wants to publish appointments as de-identified by Safe Harbor (45 CFR 164.514(b)(2)). ${MEANT}\n\n\`\`\`text\n${fields.join('\n')}\n\`\`\`\n\nHow many of these ${num(fields.length)} fields are identifiers and have to go?`,
      answer: it => it.identifiers.length,
      how: it =>
        `${list(
          it.identifiers.map(field => `\`${field}\` (${FIELDS[field][1]})`),
          'None',
        )}, by the letters of § 164.514(b)(2)(i).`,
      bare: true,
    },
  },
  result: it =>
    `sent: ${names(it.sent)}; ${count(it.identifiers.length, 'identifier')}: ${names(it.identifiers)}`,
  trace: (it, { fields }) => ({
    columns: ['field', 'part', 'Safe Harbor item', 'goes out'],
    rows: fields.map(field => [
      field,
      part(field),
      FIELDS[field][1] === '' ? '-' : `(${FIELDS[field][1]})`,
      it.sent.includes(field) ? 'yes' : 'no',
    ]),
  }),
  picture: (it, { fields, audience }) =>
    fields
      .map(field => `${field.padEnd(14)} ${it.sent.includes(field) ? `--> ${audience}` : '--|'}`)
      .join('\n'),
})
