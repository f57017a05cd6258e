// An OAuth 2 and OpenID server that its makers have had certified, on loopback: what signing in is tried against.
import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'stoa', client_secret: process.argv[3], redirect_uris: [process.argv[4]],
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
  }],
  features: { revocation: { enabled: true }, devInteractions: { enabled: true } },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  ttl: { AccessToken: 3600, RefreshToken: 86400, AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 86400 },
  findAccount: async (ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, name: id }) }),
  claims: { openid: ['sub'], profile: ['name'] },
  cookies: { keys: ['a key of this test alone'] },
});
provider.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
