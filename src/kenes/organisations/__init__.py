"""Ministries, committees, directorates, departments, youth centres, NGOs, media."""
