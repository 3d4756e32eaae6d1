import { PasswordField } from '../components/password-field.tsx'
import { StrengthMeter } from '../components/strength-meter.tsx'
import type { PasswordStrength } from '../format/password-strength.ts'
import { t, tCount } from '../words.ts'

export interface NewPasswordProps {
  readonly label: string
  readonly repeatLabel: string
  readonly password: string
  readonly repeated: string
  readonly strength: PasswordStrength | null
  /** The person tried to go on: say what is missing. */
  readonly tried: boolean
  readonly onPassword: (value: string) => void
  readonly onRepeated: (value: string) => void
}

/** A password that is being chosen, with its strength, twice. */
export function NewPassword(props: NewPasswordProps) {
  const { password, repeated, strength, tried } = props
  return (
    <div class="stack">
      <div class="stack-tight">
        <PasswordField
          label={props.label}
          isNew
          value={password}
          onInput={props.onPassword}
          hint={t('onboarding.passwordHint')}
          error={tried ? passwordError(password, strength) : undefined}
        />
        <StrengthMeter score={strength?.score ?? null} />
      </div>
      <PasswordField
        label={props.repeatLabel}
        isNew
        value={repeated}
        onInput={props.onRepeated}
        error={tried && repeated !== password ? t('password.mismatch') : undefined}
      />
    </div>
  )
}

/** Why a new password is not accepted; undefined where it is. */
export function passwordError(password: string, strength: PasswordStrength | null): string | undefined {
  if (password === '' || strength === null) return t('password.needed')
  switch (strength.kind) {
    case 'too-short':
      return tCount('password.tooShort', strength.missing)
    case 'common':
      return t('password.common')
    case 'ok':
      return undefined
  }
}
