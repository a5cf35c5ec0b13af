-- Sign-in: who may enter, with what, and who is inside now. The tables and column names are those that
-- better-auth expects (a test compares them); users are global, membership of a workspace is the people room's.

create schema auth;
grant usage on schema auth to openkam_app;

create table auth."user" (
  id uuid primary key default kernel.new_id(),
  name text not null,
  email text not null unique check (email = lower(email)),
  "emailVerified" boolean not null default false,
  image text,
  "twoFactorEnabled" boolean default false,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);

-- One row a browser. The token alone opens nothing: the cookie carries it signed with the server's secret.
create table auth.session (
  id uuid primary key default kernel.new_id(),
  "userId" uuid not null references auth."user" (id) on delete cascade,
  token text not null unique,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index session_by_user on auth.session ("userId");
create index session_by_expiry on auth.session ("expiresAt");

-- A way to sign in: providerId 'credential' holds the password hash; the token columns serve single sign-on.
create table auth.account (
  id uuid primary key default kernel.new_id(),
  "userId" uuid not null references auth."user" (id) on delete cascade,
  "accountId" text not null,
  "providerId" text not null,
  password text,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId")
);
create index account_by_user on auth.account ("userId");

-- Short-lived secrets under way: password resets (identifier hashed), passkey challenges, second steps, trusted devices.
create table auth.verification (
  id uuid primary key default kernel.new_id(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_by_identifier on auth.verification (identifier);
create index verification_by_expiry on auth.verification ("expiresAt");

create table auth."twoFactor" (
  id uuid primary key default kernel.new_id(),
  "userId" uuid not null unique references auth."user" (id) on delete cascade,
  secret text not null,
  "backupCodes" text not null,
  verified boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz
);

create table auth.passkey (
  id uuid primary key default kernel.new_id(),
  "userId" uuid not null references auth."user" (id) on delete cascade,
  name text,
  "publicKey" text not null,
  "credentialID" text not null unique,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  aaguid text,
  "createdAt" timestamptz default now()
);
create index passkey_by_user on auth.passkey ("userId");

-- Our own brake on guessing: how often a key (an address and a path, or an e-mail) was tried in the window that ends at expires_at.
create table auth.attempt (
  key text primary key,
  count integer not null,
  expires_at timestamptz not null
);
create index attempt_by_expiry on auth.attempt (expires_at);

grant select, insert, update, delete on all tables in schema auth to openkam_app;
