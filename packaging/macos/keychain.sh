#!/bin/sh
# Puts a Developer ID certificate into a keychain of its own for one build. Usage: keychain.sh (reads the environment)
# MACOS_CERTIFICATE: the .p12 file in base64; MACOS_CERTIFICATE_PASSWORD: its password.
set -eu

: "${MACOS_CERTIFICATE:?is not set}" "${MACOS_CERTIFICATE_PASSWORD:?is not set}"
folder=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
keychain=$folder/crowddesk-build.keychain-db
password=$(openssl rand -hex 24)
umask 077
printf '%s' "$MACOS_CERTIFICATE" | openssl base64 -d -A >"$folder/certificate.p12"
trap 'rm -f "$folder/certificate.p12"' EXIT
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$folder/certificate.p12" -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
# Beside the keychains that are searched already.
security list-keychains -d user | tr -d '"' | xargs security list-keychains -d user -s "$keychain"
