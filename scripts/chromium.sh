#!/bin/sh
# Installs Debian's Chromium where it is missing: the tests in test/browser look at pages with it.
set -eu

browser="${CHROMIUM:-/usr/bin/chromium}"
if [ -x "$browser" ]; then exit 0; fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "There is no $browser, and no apt-get to install it with. Install Chromium or Chrome by other means, and name it by CHROMIUM=PATH." >&2
  exit 1
fi

root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "There is no $browser. Run this as root, or install sudo: apt-get install chromium fonts-liberation" >&2
    exit 1
  fi
  root="sudo"
fi

echo "Installing Chromium, to look at pages with" >&2
$root apt-get update -qq >&2
$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null

if [ ! -x "$browser" ]; then
  echo "apt-get installed no $browser: this system may have it as a snap. Name the browser by CHROMIUM=PATH." >&2
  exit 1
fi
