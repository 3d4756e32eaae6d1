import { Icon, type IconType } from './icon.tsx'
import './nav.css'

export interface NavItem {
  readonly href: string
  readonly label: string
  readonly icon: IconType
  readonly current: boolean
}

/** The main places: a bar at the foot of the popup, a column beside a full page. */
export function Nav({ label, items }: { label: string; items: readonly NavItem[] }) {
  return (
    <nav class="nav" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} class="nav-link" aria-current={item.current ? 'page' : undefined}>
              <Icon of={item.icon} size="1.25rem" />
              <span>{item.label}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
