/** Access to servers that the person adds: asked for one origin at a time, and given back. */

/** The part of the browser's permissions API that this needs. */
export interface PermissionsPort {
  contains(wanted: { origins: string[] }): Promise<boolean>
  request(wanted: { origins: string[] }): Promise<boolean>
  remove(wanted: { origins: string[] }): Promise<boolean>
}

export interface HostAccess {
  /** Asks for access to the URLs' origins, in one question; none where all are granted already. To be called within a click. */
  request(...urls: readonly string[]): Promise<boolean>
  /** Gives the access back; origins that the extension ships with stay, as the browser refuses to take them. */
  release(url: string): Promise<void>
}

export function createHostAccess(permissions: PermissionsPort): HostAccess {
  return {
    async request(...urls) {
      const wanted = { origins: [...new Set(urls.map(originPattern))] }
      return (await permissions.contains(wanted)) || permissions.request(wanted)
    },
    async release(url) {
      const given = { origins: [originPattern(url)] }
      await permissions.remove(given).catch(async (error: unknown) => {
        // Removing what the manifest requires rejects; anything that is gone is what was wanted.
        if (!(await permissions.contains(given))) return
        if (!/required permissions/i.test(String(error))) throw error
      })
    },
  }
}

/** Match pattern of one origin, its port included: `https://host:8443/*`. Throws TypeError on what is no URL. */
function originPattern(url: string): string {
  return `${new URL(url).origin}/*`
}
