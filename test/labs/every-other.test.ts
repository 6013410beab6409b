import { describe } from 'vitest'
import { allLabs } from '../../src/labs/index.ts'
import { keepsItsPromises } from './promises.ts'

// See every.test.ts.
const labs = [...(await allLabs()).values()].filter((_, nth) => nth % 2 === 1)

describe.for(labs)('$id', keepsItsPromises)
