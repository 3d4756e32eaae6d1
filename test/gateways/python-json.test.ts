import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PythonFloat, pythonFloat, pythonJson } from '../../src/gateways/opengradient/python-json.ts'

describe('pythonJson', () => {
  // Expected values: Python 3's json.dumps(x, sort_keys=True).
  it.each([
    [null, 'null'],
    [true, 'true'],
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [0.5, '0.5'],
    [1e-5, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [0.0001, '0.0001'],
    [123456789012345680000, '123456789012345680000'],
    [1e21, '1e+21'],
    [1.25e300, '1.25e+300'],
    [5e-324, '5e-324'],
    [new PythonFloat(0), '0.0'],
    [new PythonFloat(-0), '-0.0'],
    [new PythonFloat(1), '1.0'],
    [new PythonFloat(2), '2.0'],
    [new PythonFloat(1e15), '1000000000000000.0'],
    [new PythonFloat(1e16), '1e+16'],
    [new PythonFloat(0.7), '0.7'],
    ['', '""'],
    ['a/b', '"a/b"'],
    ['"\\\b\f\n\r\t', '"\\"\\\\\\b\\f\\n\\r\\t"'],
    ['\u0000\u001f\u007f\u0080', '"\\u0000\\u001f\\u007f\\u0080"'],
    ['é😀\u2028', '"\\u00e9\\ud83d\\ude00\\u2028"'],
    ['\ud800', '"\\ud800"'],
    [[], '[]'],
    [{}, '{}'],
    [[1, [2, { b: 1, a: [] }]], '[1, [2, {"a": [], "b": 1}]]'],
    [{ b: 1, a: undefined, B: 2, _: 3 }, '{"B": 2, "_": 3, "b": 1}'],
    [{ '10': 1, '9': 2 }, '{"10": 1, "9": 2}'],
    [{ '\uffee': 1, '😀': 2 }, '{"\\uffee": 1, "\\ud83d\\ude00": 2}'],
  ])('writes %j as Python does', (value, expected) => {
    expect(pythonJson(value)).toBe(expected)
  })

  it('is plain ASCII that says the same, with keys in code point order, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = pythonJson(value)
        expect(text).toMatch(/^[ -~]*$/)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(pythonJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('writes any float so that it reads back as itself, and marks it as one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = pythonFloat(value)
        expect(Object.is(Number(text), value)).toBe(true)
        expect(text).toMatch(/^-?[0-9]+(\.[0-9]+|(\.[0-9]+)?e[+-][0-9]{2,3})$/)
      }),
    )
    expect(() => pythonFloat(Number.NaN)).toThrow(RangeError)
  })

  const python = spawnSync('python3', ['--version']).status === 0
  it.runIf(python)('equals the interpreter itself, where there is one', () => {
    const values = fc.sample(fc.jsonValue({ maxDepth: 4 }), 300)
    const script = 'import json,sys\nfor l in sys.stdin: print(json.dumps(json.loads(l), sort_keys=True))'
    const input = `${values.map((value) => JSON.stringify(value)).join('\n')}\n`
    const { stdout } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' })
    expect(values.map(pythonJson)).toEqual(stdout.trimEnd().split('\n'))
  })
})
