"""Campaigns, strategic sessions, meetings, their agenda, streams and participants."""
