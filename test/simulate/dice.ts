/**
 * A draw in (0, 1) for three numbers, always the same one. What happens to a learner is drawn by the question and how often it was
 * met, so that every policy meets the same luck and differences between policies are not blurred by it.
 *
 * The mixing is that of lowbias32 (Chris Wellons, "Prospecting for Hash Functions", 2018, public domain).
 */
export function draw(a: number, b: number, c: number): number {
  let x = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d)
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (((x ^ (x >>> 16)) >>> 0) + 0.5) / 4294967296
}

/** A draw from the normal distribution with mean 0 and deviation 1 (Box and Muller 1958). */
export function normal(a: number, b: number, c: number): number {
  return Math.sqrt(-2 * Math.log(draw(a, b, c))) * Math.cos(2 * Math.PI * draw(a, b, c + 7919))
}

/** The numbers from 0 to below `count` in an order of their own for each seed, every order equally likely. */
export function order(count: number, seed: number): number[] {
  const out = Array.from({ length: count }, (_, index) => index)
  for (let it = count - 1; it > 0; it--) {
    const other = Math.floor(draw(seed, it, 91) * (it + 1))
    ;[out[it], out[other]] = [out[other]!, out[it]!]
  }
  return out
}
