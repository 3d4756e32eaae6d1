import { describe, expect, it } from 'vitest'
import { remember } from '../../src/platform/remember.ts'

/** A store that answers when it is told to, in order. */
class SlowStore {
  readonly values = new Map<string, string>()
  reads = 0
  failing = false
  async get(key: string): Promise<string | null> {
    this.reads += 1
    const value = this.values.get(key) ?? null
    await Promise.resolve()
    return value
  }
  async set(key: string, value: string | null): Promise<void> {
    await Promise.resolve()
    if (this.failing) throw new Error('quota')
    if (value === null) this.values.delete(key)
    else this.values.set(key, value)
  }
  delete(key: string): Promise<void> {
    return this.set(key, null)
  }
}

function makeStore() {
  const slow = new SlowStore()
  return { slow, store: remember<string | null>(slow, null) }
}

describe('remember', () => {
  it('asks the store once for what it holds, and once for what it does not hold', async () => {
    const { slow, store } = makeStore()
    slow.values.set('a', '1')
    expect([await store.get('a'), await store.get('a'), await store.get('b'), await store.get('b')]).toEqual([
      ...['1', '1', null, null],
    ])
    expect(slow.reads).toBe(2)
  })

  it('knows what was written and deleted without asking', async () => {
    const { slow, store } = makeStore()
    await store.set('a', '2')
    expect(await store.get('a')).toBe('2')
    await store.delete('a')
    expect(await store.get('a')).toBeNull()
    expect(slow.reads).toBe(0)
  })

  it('asks the store again where a write failed', async () => {
    const { slow, store } = makeStore()
    await store.set('a', 'old')
    slow.failing = true
    await expect(store.set('a', 'new')).rejects.toThrow('quota')
    expect(await store.get('a')).toBe('old')
    expect(slow.reads).toBe(1)
  })

  it('does not keep what was read while something was being written', async () => {
    const { store } = makeStore()
    const read = store.get('a')
    const written = store.set('a', 'new')
    const meanwhile = store.get('a')
    await Promise.all([read, written, meanwhile])
    expect(await store.get('a')).toBe('new')
  })

  it('ends with the write that was begun last', async () => {
    const { slow, store } = makeStore()
    await Promise.all([store.set('a', '1'), store.set('a', '2'), store.delete('a'), store.set('a', '3')])
    expect([await store.get('a'), slow.values.get('a')]).toEqual(['3', '3'])
  })

  it('does not keep a failed read', async () => {
    const { slow, store } = makeStore()
    const get = slow.get.bind(slow)
    slow.get = () => Promise.reject(new Error('closed'))
    await expect(store.get('a')).rejects.toThrow('closed')
    slow.get = get
    expect(await store.get('a')).toBeNull()
  })
})
