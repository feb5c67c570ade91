curl -u ada:secret -F photo=@ada.png -F 'meta={"a": 1};type=application/json' -k https://files.example.test/up
