import './address.css'
import { t } from '../words.ts'
import { CopyButton } from './copy-button.tsx'

/** A whole address, to be compared and copied. */
export function Address({ address, name }: { address: string; name: string }) {
  return (
    <span class="address">
      <code class="address-text" dir="ltr">
        {address}
      </code>
      <CopyButton text={address} label={t('address.copy', { name })} />
    </span>
  )
}
