type Methods = Readonly<Record<string, (...given: never[]) => unknown>>

/** Stands for an object of methods that is made at the first call. It is no promise, and has no members but methods. */
export function later<T extends { readonly [Name in keyof T]: Methods[string] }>(make: () => T): T {
  let made: T | undefined
  // The proxy's target is never read: every member comes from what `make` made.
  return new Proxy({} as T, {
    get(_, name) {
      if (name === 'then') return undefined
      return (...given: unknown[]): unknown => {
        made ??= make()
        return Reflect.apply(Reflect.get(made, name), made, given)
      }
    },
  })
}
