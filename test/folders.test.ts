import * as fs from 'node:fs'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { makeFolder, syncFolder } from '../src/folders.ts'
import { temporary } from './world.ts'

vi.mock('node:fs', { spy: true })

beforeEach(() => void vi.clearAllMocks())

test('a folder is made with those around it, and each name of them is on disk', () => {
  const home = temporary()
  const folder = join(home, 'a', 'b', 'c')
  makeFolder(folder)
  expect(statSync(folder).isDirectory()).toBe(true)
  expect(vi.mocked(fs.openSync).mock.calls.map(it => it[0])).toEqual([
    home,
    join(home, 'a'),
    join(home, 'a', 'b'),
  ])
  expect(fs.fsyncSync).toHaveBeenCalledTimes(3)
})

test('what is there stays as it is', () => {
  const home = temporary()
  writeFileSync(join(home, 'file'), 'kept')
  makeFolder(home)
  expect(existsSync(join(home, 'file'))).toBe(true)
  expect(fs.mkdirSync).not.toHaveBeenCalled()
})

test('somebody else may make it at the same moment', () => {
  const folder = join(temporary(), 'a')
  vi.mocked(fs.mkdirSync).mockImplementationOnce(() => {
    mkdirSync(folder)
    throw Object.assign(new Error('EEXIST: file already exists'), { code: 'EEXIST' })
  })
  makeFolder(folder)
  expect(existsSync(folder)).toBe(true)
})

test('what the system says is thrown: a file in the way, a place of the system', () => {
  const file = join(temporary(), 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(join(file, 'a', 'b'))).toThrow('ENOTDIR')
  if (existsSync('/proc/self')) expect(() => makeFolder('/proc/quiz/a/b')).toThrow('ENOENT')
})

test('a folder that cannot be synced is the business of the file system', () => {
  expect(() => syncFolder(join(temporary(), 'gone'))).not.toThrow()
})
