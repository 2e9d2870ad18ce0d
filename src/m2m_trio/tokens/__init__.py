"""Token counts without the network: vocabularies, chat templates, model names, estimates."""
