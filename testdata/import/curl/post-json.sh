# Copied from a browser, with a token in the environment.
curl 'https://api.example.test/v1/users?team=42' \
  -X POST \
  -H 'Accept: application/json' \
  -H 'Content-Type: application/json' \
  -H "Authorization: Bearer $API_TOKEN" \
  -b 'theme=dark; lang=en' \
  --data-raw '{"name": "Ada", "greeting": "{{hello}}"}' \
  --compressed --location --max-time 20 --retry 3
