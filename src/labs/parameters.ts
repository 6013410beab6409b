/**
 * What a lab can be told. A parameter says what it is, what it may be, and which values make telling scenarios: `drawn`.
 * Those without `drawn` are worked out by the lab's own `draw`.
 */
export type Parameter =
  | NumberParameter
  | NumbersParameter
  | OneParameter
  | FlagParameter
  | TextParameter
  | TextsParameter

interface Told {
  /** What it is, in a few words, as `--help` shows it. */
  readonly says: string
}

/** A number; whole if `whole` says so. */
export interface NumberParameter extends Told {
  readonly type: 'number'
  readonly unit?: string
  readonly from: number
  readonly to: number
  readonly whole: boolean
  readonly drawn?: readonly number[]
}

/** A list of numbers, each from `from` to `to`, typed as `0,0.5,1`. */
export interface NumbersParameter extends Told {
  readonly type: 'numbers'
  readonly unit?: string
  readonly from: number
  readonly to: number
  readonly whole: boolean
  /** None is less than the one before: instants. */
  readonly rising: boolean
  /** How many there may be at least and at most. */
  readonly least: number
  readonly most: number
}

/** One of a few words. */
export interface OneParameter<W extends string = string> extends Told {
  readonly type: 'one'
  readonly of: readonly W[]
  readonly drawn?: readonly W[]
}

/** Yes or no; `--name` and `--no-name` on the command line. */
export interface FlagParameter extends Told {
  readonly type: 'flag'
  readonly drawn?: readonly boolean[]
}

/** Some text on one line. */
export interface TextParameter extends Told {
  readonly type: 'text'
  readonly most: number
  /** What it has to look like, and how to say so: 'a date like 2026-11-21'. */
  readonly form?: { readonly like: RegExp; readonly says: string }
}

/** A list of words, typed as `a,b,c`; each one of `of`, if that is given. */
export interface TextsParameter<W extends string = string> extends Told {
  readonly type: 'texts'
  readonly of?: readonly W[]
  readonly form?: { readonly like: RegExp; readonly says: string }
  readonly least: number
  readonly most: number
}

export type Parameters = Readonly<Record<string, Parameter>>

/** The value of a parameter. */
export type ValueOf<P extends Parameter> =
  P extends OneParameter<infer W>
    ? W
    : P extends TextsParameter<infer W>
      ? readonly W[]
      : P extends { type: 'number' }
        ? number
        : P extends { type: 'numbers' }
          ? readonly number[]
          : P extends { type: 'flag' }
            ? boolean
            : string

/** A scenario: a value for each parameter. */
export type ValuesOf<Ps extends Parameters> = { readonly [K in keyof Ps]: ValueOf<Ps[K]> }

export type Value = number | readonly number[] | string | readonly string[] | boolean
export type Values = Readonly<Record<string, Value>>

interface Bounds {
  readonly unit?: string
  readonly from: number
  readonly to: number
}

interface Length {
  readonly least?: number
  readonly most: number
}

/** A number between two bounds, both included. */
export function number(
  says: string,
  of: Bounds & { readonly drawn?: readonly number[] },
): NumberParameter {
  return { type: 'number', says, whole: false, ...of }
}

/** A whole number between two bounds, both included. */
export function whole(
  says: string,
  of: Bounds & { readonly drawn?: readonly number[] },
): NumberParameter {
  return { type: 'number', says, whole: true, ...of }
}

/** Several numbers. */
export function numbers(
  says: string,
  of: Bounds & Length & { readonly whole?: boolean; readonly rising?: boolean },
): NumbersParameter {
  return { type: 'numbers', says, whole: false, rising: false, least: 1, ...of }
}

/** One of a few words; each as likely as the others unless `drawn` names some of them. */
export function one<const W extends string>(
  says: string,
  of: readonly W[],
  drawn: readonly NoInfer<W>[] = of,
): OneParameter<W> {
  return { type: 'one', says, of, drawn }
}

/** Yes or no, either as likely unless `drawn` says otherwise; none of it, where `draw` decides. */
export function flag(says: string, drawn: readonly boolean[] = [true, false]): FlagParameter {
  return { type: 'flag', says, drawn }
}

/** Some text on one line; 200 letters at most unless told. */
export function text(
  says: string,
  of: { readonly most?: number; readonly form?: TextParameter['form'] } = {},
): TextParameter {
  const { most = 200, form } = of
  return { type: 'text', says, most, ...(form && { form }) }
}

/** Several words, each one of `of` if that is given, and of a certain form if that is. */
export function texts<const W extends string = string>(
  says: string,
  of: Length & { readonly of?: readonly W[]; readonly form?: TextParameter['form'] },
): TextsParameter<W> {
  const { least = 1, most, form } = of
  return { type: 'texts', says, least, most, ...(of.of && { of: of.of }), ...(form && { form }) }
}
