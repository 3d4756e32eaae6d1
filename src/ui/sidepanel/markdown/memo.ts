import type { Component, ComponentChildren, FunctionComponent } from 'preact'

/** Renders again only when a prop is another object or value. One component, so that what grows costs no second one. */
export function memo<Props extends object>(
  render: (props: Props) => ComponentChildren,
): FunctionComponent<Props> {
  return function Memo(this: Component<Props>, props: Props) {
    this.shouldComponentUpdate ??= differs
    return render(props)
  }
}

/** Props of one component always have the same names. */
function differs<Props extends object>(this: Component<Props>, next: Readonly<Props>): boolean {
  const before: Readonly<Props> = this.props
  for (const name in next) {
    if (next[name] !== before[name]) return true
  }
  return false
}
