import { normalise } from '../nearest.ts'

/*
 * What the words of a question are worth: which only carry the asking, which name nothing by themselves, and which
 * are the same word in another form.
 */

/** Nobody types a question of more letters than this; what follows is not looked at. */
export const LONGEST_QUERY = 300

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Words of asking, not of the thing asked about. They may surround a name, and are not searched for. */
const ASKING = list(`
  a an the is are was were be been am do does did has have had having can could should would will shall may might must
  i im ive me my we our us you your it its this that these those there here he she they them their one ones
  what whats which who whom whose when whens where wheres why whys how hows
  of to in on at by for from with without into about as than then so if or and but also just really very actually exactly
  tell give show explain describe define compare difference differences differ different distinguish distinction between
  vs versus mean means meant meaning definition work works working happen happens happened say says simple terms words
  example examples eg ie please need want like get gets getting got receive received keep keeps seeing see
  use uses used using choose pick prefer return returns returned returning respond send sends instead rather
  dont doesnt didnt isnt cant wont eli5 know understand learn`)

/** Nouns that people put beside a name without changing what is named: 'HTTP status 409', 'the bulkhead pattern'. */
const KIND = list(`
  http https api rest status code codes error errors response responses header headers directive directives
  pattern patterns algorithm algorithms strategy theorem concept term technique mechanism approach method problem thing`)

/** Words that people say for words that the banks are written in. */
const SAYINGS: ReadonlyMap<string, string> = new Map([
  ['authn', 'authentication'],
  ['authz', 'authorization'],
  ['login', 'authentication'],
  ['perm', 'permission'],
  ['perms', 'permission'],
  ['cred', 'credential'],
  ['creds', 'credential'],
  ['k8s', 'kubernetes'],
  ['lb', 'load balancer'],
  ['db', 'database'],
  ['ttl', 'time to live'],
  ['swr', 'stale while revalidate'],
  ['dlq', 'dead letter queue'],
  ['lww', 'last write wins'],
  ['ryw', 'read your writes'],
  ['hlc', 'hybrid logical clock'],
  ['outdated', 'stale'],
  ['old', 'stale'],
  ['deleted', 'removed'],
  ['percentage', 'ratio'],
  ['master', 'leader'],
  ['primary', 'leader'],
  ['slave', 'follower'],
  ['secondary', 'follower'],
  ['backend', 'upstream'],
])

/** How people say 'login' in two words that mean something else when they stand alone. */
const PHRASES = /\b(?:log|logged|logging|sign|signed|signing) in\b/g

/** The same thing in the words of the banks, where people have a word of their own for it. */
export function saying(word: string): string | undefined {
  return SAYINGS.get(word)
}

/** The word only asks, and does not say after what. */
export function asks(word: string): boolean {
  return ASKING.has(word)
}

/** The word says what kind of thing is named beside it. */
export function kind(word: string): boolean {
  return KIND.has(word)
}

/** The words of a text, as `normalise` sees them. */
export function split(text: string): string[] {
  return normalise(text).split(' ').filter(Boolean)
}

/** The words of a text that say something. A text of nothing but asking is taken at its word. */
export function keywords(text: string): string[] {
  return tellingOf(normalise(text))
}

/** The same of a name that is normalised already. */
export function tellingOf(name: string): string[] {
  const words = name.replace(PHRASES, 'login').split(' ').filter(Boolean)
  const telling = words.filter(word => !ASKING.has(word))
  return telling.length > 0 ? telling : words
}

/**
 * Endings that hide that two words are one, longest first, and what is left in their place. First the inflection
 * (retries, cached, hashing), then the derivation (validation, validate; consistency, consistent).
 */
const INFLECTIONS: readonly (readonly [ending: string, left: string])[] = [
  ['sses', 'ss'],
  ['ies', 'y'],
  ['ss', 'ss'],
  ['us', 'us'],
  ['is', 'is'],
  ['s', ''],
  ['ied', 'y'],
  ['eed', 'eed'],
  ['ed', ''],
  ['ing', ''],
]
const DERIVATIONS: readonly (readonly [ending: string, left: string])[] = [
  ['isation', 'iz'],
  ['ization', 'iz'],
  ['isability', 'izabl'],
  ['isable', 'izabl'],
  ['ability', 'abl'],
  ['ation', ''],
  ['eness', ''],
  ['ness', ''],
  ['ency', ''],
  ['ancy', ''],
  ['ence', ''],
  ['ance', ''],
  ['able', 'abl'],
  ['ent', ''],
  ['ant', ''],
  ['ate', ''],
  ['ise', 'iz'],
  ['ize', 'iz'],
  ['is', 'iz'],
  ['ica', 'ic'],
  ['oke', 'oc'],
  ['ok', 'oc'],
  ['at', ''],
  ['ion', ''],
  ['ly', ''],
  ['e', ''],
  ['y', ''],
]

/** What the forms of a word have in common. Made for comparing, not for showing: 'cache' and 'caching' give 'cach'. */
export function stem(word: string): string {
  if (/\d/.test(word)) return word
  const base = without(word, INFLECTIONS)
  // retried → retry, throttled → throttl, shedding → shed
  const single = base !== word && /([bdfgmnprt])\1$/.test(base) ? base.slice(0, -1) : base
  return without(single, DERIVATIONS)
}

/** The shortest that may be left of a word, so that 'ring', 'rate' and 'used' stay themselves. */
const SHORTEST = 3

function without(word: string, endings: readonly (readonly [string, string])[]): string {
  for (const [ending, left] of endings) {
    if (!word.endsWith(ending)) continue
    const rest = word.slice(0, word.length - ending.length) + left
    if (rest.length >= SHORTEST) return rest
  }
  return word
}
