import { expect, test } from 'vitest'
import {
  base64url,
  ed25519Base64url,
  ed25519Fits,
  fromBase64url,
  hmacSha256Base64url,
} from '../../src/labs/crypto.ts'
import { jwtValidation } from '../../src/labs/jwt-validation.ts'

const failed = (values: object) =>
  (
    jwtValidation.run({ ...jwtValidation.example, ...values }).outcome as { failed: string[] }
  ).failed.join(' ')

/** The example of jwt.io, and RFC 8037 A.4. */
test('signatures are those of the published examples', () => {
  const input = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url('{"sub":"1234567890","name":"John Doe","iat":1516239022}')}`
  expect(hmacSha256Base64url('your-256-bit-secret', input)).toBe(
    'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  )
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'
  const text = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc'
  const signature =
    'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
  expect(ed25519Base64url({ d, x }, text)).toBe(signature)
  expect(ed25519Fits(x, text, signature)).toBe(true)
  expect(ed25519Fits(x, `${text}x`, signature)).toBe(false)
})

test('the token is a real one', () => {
  const { token } = jwtValidation.run(jwtValidation.example).outcome as { token: string }
  const [header = '', payload = '', signature] = token.split('.')
  expect(JSON.parse(fromBase64url(header))).toEqual({ alg: 'HS256' })
  expect(JSON.parse(fromBase64url(payload))).toMatchObject({ aud: 'billing-api', exp: 1799999980 })
  expect(signature).toHaveLength(43)
})

const good = { aud: ['orders-api'], starts: -100, expires: 100, skew: 60 }

/** Worked out by hand; the bounds are those of RFC 7519: not on or after `exp`, not before `nbf`. */
test.for<[string, object, string]>([
  ['a good token', {}, ''],
  ['expired within the leeway', { expires: -59 }, ''],
  ['expired by just the leeway', { expires: -60 }, 'exp'],
  ['not valid for as long as the leeway', { starts: 60 }, ''],
  ['not valid for longer', { starts: 61 }, 'nbf'],
  ['for several', { aud: ['web-app', 'orders-api'] }, ''],
  ['for nobody', { aud: [] }, 'aud'],
  ['a slash more', { iss: 'https://id.example/' }, 'iss'],
  ['no signature', { alg: 'none', signer: 'nobody' }, 'alg signature'],
  ['an unknown secret', { signer: 'stranger' }, 'signature'],
  ['another algorithm', { alg: 'EdDSA' }, 'alg signature'],
  [
    'a public key as secret',
    { expects: 'EdDSA', alg: 'HS256', signer: 'public-key' },
    'alg signature',
  ],
  ['a good one of the key pair', { expects: 'EdDSA', alg: 'EdDSA' }, ''],
  ['an unknown key pair', { expects: 'EdDSA', alg: 'EdDSA', signer: 'stranger' }, 'signature'],
])('%s: %o fails "%s"', ([, values, expected]) => {
  expect(failed({ ...good, ...values })).toBe(expected)
})

test('who believes the header takes both forgeries', () => {
  for (const forged of [
    { alg: 'none', signer: 'nobody' },
    { expects: 'EdDSA', alg: 'HS256', signer: 'public-key' },
  ]) {
    const { supposed } = jwtValidation.run({ ...jwtValidation.example, ...good, ...forged })
    const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
    expect(said['header-picks-alg']).toMatch(/^accepted/)
    expect(said['signature-will-tell']).toMatch(/^refused: signature;/)
  }
})

test('what is left of an old token for another API when a check is left out', () => {
  const { supposed } = jwtValidation.run({
    ...jwtValidation.example,
    ...good,
    expires: -70,
    aud: ['billing-api'],
  })
  const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(said['exp-is-for-clients']).toMatch(/^refused: aud;/)
  expect(said['signature-is-all']).toMatch(/^accepted/)
  expect(said['any-audience']).toMatch(/^refused: exp;/)
})
