import fc from 'fast-check'
import type { Lab } from '../../src/labs/lab.ts'
import type { Parameter, Value, Values } from '../../src/labs/parameters.ts'

/** Any scenario that a person may type for a lab, whether it tells anything or not. */
export function anyScenario(lab: Lab): fc.Arbitrary<Values> {
  return fc
    .record(
      Object.fromEntries(
        Object.entries(lab.parameters).map(([name, it]) => [
          name,
          anyValue(it, lab.example[name]!),
        ]),
      ),
    )
    .filter(it => lab.check(it) === undefined)
}

function anyValue(parameter: Parameter, example: Value): fc.Arbitrary<Value> {
  switch (parameter.type) {
    case 'number':
      return anyNumber(parameter)
    case 'numbers':
      return fc
        .array(anyNumber(parameter), {
          minLength: parameter.least,
          maxLength: Math.max(parameter.least, Math.min(parameter.most, 12)),
        })
        .map(it => (parameter.rising ? it.toSorted((a, b) => a - b) : it))
    case 'one':
      return fc.constantFrom(...parameter.of)
    case 'flag':
      return fc.boolean()
    case 'text':
      return parameter.form === undefined
        ? fc.oneof(fc.constant(example), fc.string({ maxLength: Math.min(parameter.most, 30) }))
        : fc.constant(example)
    case 'texts': {
      const own = parameter.of ?? (example as readonly string[])
      return fc.array(fc.constantFrom(...own), {
        minLength: parameter.least,
        maxLength: Math.max(parameter.least, Math.min(parameter.most, 10)),
      })
    }
  }
}

function anyNumber({ whole, from, to }: { whole: boolean; from: number; to: number }) {
  const near = Math.min(to, from + 100)
  const all = fc.oneof(
    fc.constant(from),
    fc.constant(to),
    fc.integer({ min: Math.ceil(from), max: Math.floor(near) }),
  )
  return whole || Math.ceil(from) > Math.floor(near)
    ? all
    : fc.oneof(
        all,
        fc
          .double({ min: from, max: to, noNaN: true })
          .map(it => Number(it.toFixed(3)))
          .filter(it => it >= from && it <= to),
      )
}
