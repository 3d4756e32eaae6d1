import { describe, expect, it } from 'vitest'
import { createHostAccess, type PermissionsPort } from '../../src/platform/host-access.ts'

interface FakePermissions extends PermissionsPort {
  readonly asked: string[]
  readonly granted: Set<string>
}

/** The browser's permissions: `shipped` origins cannot be removed, the person answers `answer` to every question. */
function createFakePermissions(
  answer: boolean,
  { shipped = [], granted = [] }: { shipped?: string[]; granted?: string[] } = {},
): FakePermissions {
  const all = new Set([...shipped, ...granted])
  const asked: string[] = []
  return {
    asked,
    granted: all,
    contains: async ({ origins }) => origins.every((origin) => all.has(origin)),
    async request({ origins }) {
      asked.push(...origins)
      if (answer) for (const origin of origins) all.add(origin)
      return answer
    },
    async remove({ origins }) {
      if (origins.some((origin) => shipped.includes(origin)))
        throw new Error('You cannot remove required permissions.')
      return origins.map((origin) => all.delete(origin)).every(Boolean)
    },
  }
}

describe('asking for a host', () => {
  it('asks for the origin of the URL alone, with its port', async () => {
    const permissions = createFakePermissions(true)
    const access = createHostAccess(permissions)
    expect(await access.request('https://llm.example.com:8443/v1/chat?x=1')).toBe(true)
    expect(permissions.asked).toEqual(['https://llm.example.com:8443/*'])
  })
  it('asks nothing where access is granted already', async () => {
    const permissions = createFakePermissions(false, { shipped: ['https://llm.example.com/*'] })
    expect(await createHostAccess(permissions).request('https://llm.example.com/v1')).toBe(true)
    expect(permissions.asked).toEqual([])
  })
  it('asks one question for several URLs, naming each origin once', async () => {
    const permissions = createFakePermissions(true)
    const access = createHostAccess(permissions)
    await access.request('https://a.example/one', 'https://a.example/two', 'https://b.example/')
    expect(permissions.asked).toEqual(['https://a.example/*', 'https://b.example/*'])
  })
  it('says no where the person does', async () => {
    const permissions = createFakePermissions(false)
    expect(await createHostAccess(permissions).request('https://llm.example.com/v1')).toBe(false)
    expect(permissions.granted.size).toBe(0)
  })
  it('does not take one scheme, port or subdomain for another', async () => {
    const permissions = createFakePermissions(true, { granted: ['https://example.com/*'] })
    const access = createHostAccess(permissions)
    for (const url of ['https://a.example.com/', 'https://example.com:444/', 'http://example.com/'])
      await access.request(url)
    expect(permissions.asked).toEqual([
      'https://a.example.com/*',
      'https://example.com:444/*',
      'http://example.com/*',
    ])
  })
  it('refuses what is no URL before the browser is asked', async () => {
    const permissions = createFakePermissions(true)
    await expect(createHostAccess(permissions).request('llm.example.com')).rejects.toThrow(TypeError)
    expect(permissions.asked).toEqual([])
  })
})

describe('giving a host back', () => {
  it('removes the origin', async () => {
    const permissions = createFakePermissions(true, { granted: ['https://llm.example.com/*'] })
    await createHostAccess(permissions).release('https://llm.example.com/v1')
    expect(permissions.granted.size).toBe(0)
  })
  it('leaves an origin that ships with the extension', async () => {
    const permissions = createFakePermissions(true, { shipped: ['https://llm.example.com/*'] })
    await createHostAccess(permissions).release('https://llm.example.com/v1')
    expect(permissions.granted.size).toBe(1)
  })
  it('passes any other failure on', async () => {
    const permissions = createFakePermissions(true, { granted: ['https://llm.example.com/*'] })
    permissions.remove = async () => {
      throw new Error('The browser is shutting down')
    }
    await expect(createHostAccess(permissions).release('https://llm.example.com')).rejects.toThrow('shutting')
  })
})
